#include "claims/comparison.h"

#include "base/json.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;

namespace {

Json claim_with_value(const std::string& id, const std::string& verdict, const Json& value) {
    return {{"id", id},
            {"statement", "A statement."},
            {"verdict", verdict},
            {"checks", {{{"metric", "purity"}, {"value", value}}}}};
}

Json run_of(const std::vector<Json>& claims) {
    return {{"claims", claims}};
}

} // namespace

TEST_CASE("a run compared with itself is the same", "[compare]") {
    const Json run = run_of({claim_with_value("a", "pass", 0.95), claim_with_value("b", "fail", nullptr)});
    for (const ComparedClaim& compared : compare(run, run)) {
        CHECK_FALSE(compared.flipped());
        CHECK_FALSE(compared.moved());
    }
    CHECK(comparison_text(compare(run, run)) == "2 of 2 claims neither flipped nor moved\n");
}

TEST_CASE("what flipped, what moved, and what is not there", "[compare]") {
    const Json before =
                   run_of({claim_with_value("flips", "pass", 0.95), claim_with_value("rounds", "pass", 0.1),
                           claim_with_value("loses", "pass", 0.9), claim_with_value("gone", "pass", 1)}),
               after =
                   run_of({claim_with_value("flips", "fail", 0.85),
                           claim_with_value("rounds", "pass", 0.1 * (1 + 1e-13)),
                           claim_with_value("loses", "pass", nullptr), claim_with_value("new", "pass", 1)});
    const auto compared = compare(before, after);
    REQUIRE(compared.size() == 5);
    CHECK(compared[0].flipped());
    CHECK(compared[0].moved());
    CHECK_FALSE(compared[1].moved());
    CHECK(compared[2].moved());
    CHECK(compared[3].before == "absent");
    CHECK(compared[4].id == "gone");
    CHECK(compared[4].after == "absent");
    CHECK_THAT(comparison_text(compared),
               Contains("pass -> fail") && Contains("0.95 -> 0.85") && Contains("no value"));
    CHECK(to_json(compared)["claims"][2]["checks"][0]["after"].is_null());
}

TEST_CASE("between seeds a change counts when it is beyond their spread", "[compare]") {
    ClaimAcrossSeeds claim_a;
    claim_a.id = "a";
    claim_a.checks = {{"purity", ">=", "", 0.9, {0.90, 0.94, 0.98}}}; // deviation 0.04
    Robustness robustness;
    robustness.claims.push_back(claim_a);
    const Noise noise = noise_of(robustness);
    const Json before = run_of({claim_with_value("a", "pass", 0.90)});
    CHECK_FALSE(compare(before, run_of({claim_with_value("a", "pass", 1.01)}), noise).front().moved());
    CHECK(compare(before, run_of({claim_with_value("a", "pass", 1.02)}), noise).front().moved());
}
