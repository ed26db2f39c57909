#include "sections/readout/claims.h"

#include "claims/claim.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <set>

using namespace grokreport;
using testing::PlantedReadout;

namespace {

std::map<std::string, Claim> claims_of(const Weights& weights, const std::vector<int>& key) {
    const auto list = readout_claims(Config{});
    const std::optional<ReadoutResults> results =
        analyse_readout(weights, key, testing::random_weights(weights.p(), 6, 2, 3, 8), 0);
    std::map<std::string, Claim> claims;
    for (Claim& claim : judge_all(definitions_of(list), measure_claims(list, results, "")))
        claims.emplace(claim.definition.id, claim);
    return claims;
}

Verdict verdict_of(const std::map<std::string, Claim>& claims, const std::string& id) {
    CAPTURE(id, claims.at(id).reason);
    return claims.at(id).verdict;
}

// Two frequencies, one evened by heads and one by its double. With so few, in a small model, chance is not
// small, and one number alone answers as well: the claims about that are not for it.
PlantedReadout good_model() {
    return {.key = {2, 3}, .neurons = 24};
}

} // namespace

TEST_CASE("the claims of the read-out are complete and stand once", "[readout]") {
    const auto definitions = definitions_of(readout_claims(Config{}));
    std::vector<std::string> ids;
    for (const ClaimDefinition& definition : definitions) {
        ids.push_back(definition.id);
        CHECK(definition.section == "9");
        CHECK_FALSE(definition.control.empty());
        CHECK_FALSE(definition.figures.empty());
        CHECK_FALSE(definition.headline);
        for (const auto& check : definition.checks)
            CHECK_FALSE(check.reason.empty());
    }
    CHECK(ids == std::vector<std::string>{"readout.multiplies-in-relu", "readout.even-part",
                                          "readout.phase-doubled", "readout.decoder-written-down",
                                          "readout.mlp-alone", "readout.cosines", "readout.even",
                                          "readout.attention-evens", "readout.idle-are-doubles",
                                          "readout.idle-evens", "readout.second-order", "readout.turns"});
}

TEST_CASE("a model that reads out as described passes", "[readout]") {
    const PlantedReadout planted = good_model();
    const auto claims = claims_of(planted.weights(), planted.key);
    for (const char* id :
         {"readout.phase-doubled", "readout.decoder-written-down", "readout.mlp-alone", "readout.cosines",
          "readout.even", "readout.attention-evens", "readout.idle-evens", "readout.turns"})
        CHECK(verdict_of(claims, id) == Verdict::pass);
}

TEST_CASE("the product is made in the ReLU where attention does not depend on the numbers", "[readout]") {
    const PlantedReadout planted{.key = {3}, .tuned = 0};
    CHECK(verdict_of(claims_of(planted.weights(), planted.key), "readout.multiplies-in-relu") ==
          Verdict::pass);
}

TEST_CASE("phases that are not doubled, or are shuffled, fail", "[readout]") {
    PlantedReadout planted = good_model();
    planted.doubles_phase = false;
    CHECK(verdict_of(claims_of(planted.weights(), planted.key), "readout.phase-doubled") == Verdict::fail);
    planted.doubles_phase = planted.shuffled = true;
    const auto claims = claims_of(planted.weights(), planted.key);
    CHECK(verdict_of(claims, "readout.phase-doubled") == Verdict::fail);
    CHECK(verdict_of(claims, "readout.decoder-written-down") == Verdict::fail);
}

TEST_CASE("a frequency that nothing evens fails, as one number alone does", "[readout]") {
    const PlantedReadout planted; // 11 has neither a head nor a double
    CHECK(verdict_of(claims_of(planted.weights(), planted.key), "readout.even") == Verdict::fail);
}

TEST_CASE("what is not there is not run, with the reason", "[readout]") {
    PlantedReadout planted;
    planted.tuned = planted.harmonic = 0;
    const auto claims = claims_of(planted.weights(), planted.key);
    CHECK(claims.at("readout.attention-evens").reason == "no head is tuned to a key frequency");
    CHECK(claims.at("readout.idle-are-doubles").reason == "no frequency is active in W_E alone");
    CHECK(verdict_of(claims, "readout.idle-evens") == Verdict::not_run);
}

TEST_CASE("an idle frequency that is no double fails", "[readout]") {
    const PlantedReadout planted;
    const auto claims = claims_of(planted.weights(), {2, 11}); // 3 and 6 then are idle
    CHECK(verdict_of(claims, "readout.idle-are-doubles") == Verdict::fail);
    CHECK(claims.at("readout.idle-evens").reason == "no idle frequency is the double of a key frequency");
}

TEST_CASE("where every double is a key frequency there is nothing to compare", "[readout]") {
    // 1, 2, 4, 8 = 3 (of 11), 5, 1: the doubles of all five are among them
    const auto claims = claims_of(testing::random_weights(11, 6, 2, 3, 8), {1, 2, 3, 4, 5});
    CHECK(claims.at("readout.second-order").reason == "the double of every key frequency is a key frequency");
}

TEST_CASE("without key frequencies claims over them fail without a value", "[readout]") {
    const auto claims = claims_of(testing::random_weights(11, 6, 2, 3, 8), {});
    for (const char* id :
         {"readout.phase-doubled", "readout.decoder-written-down", "readout.cosines", "readout.even",
          "readout.attention-evens", "readout.second-order", "readout.turns"}) {
        CHECK(verdict_of(claims, id) == Verdict::fail);
        CHECK(to_json(claims.at(id))["value"].is_null());
    }
}

TEST_CASE("a control that is hard passes no claim", "[readout]") {
    // Every neuron has one phase, so that twice the phase is a constant angle from the phase itself
    PlantedReadout planted = good_model();
    planted.neurons = 1;
    CHECK(verdict_of(claims_of(planted.weights(), planted.key), "readout.phase-doubled") != Verdict::pass);
}
