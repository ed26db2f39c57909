#include "claims/across_seeds.h"

#include "base/error.h"
#include "base/json.h"
#include "base/seed_list.h"
#include "claims/robustness_table.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;

namespace {

// claims.json of one seed with one claim of two checks, a paired one and a bound on purity.
Json seed_document(std::uint64_t seed, double purity, const std::string& verdict, double difference) {
    const Json check = {
        {"metric", "purity"}, {"value", purity}, {"relation", ">="}, {"bound", 0.9}, {"unit", ""}};
    const Json paired = {{"metric", "lead"}, {"value", difference}, {"relation", ">"},
                         {"bound", 0},       {"unit", ""},          {"paired", true}};
    const Json control = {{"value", 0.1}, {"values", {0.1}}, {"fails_as_it_must", verdict != "inconclusive"}};
    return {{"seed", seed},
            {"key_frequencies", {{"5000", {1, 2, 3}}, {"20000", {3, seed}}}},
            {"claims",
             {{{"id", "circles"},
               {"section", "5.1"},
               {"statement", "Circles."},
               {"expected", "pass"},
               {"verdict", verdict},
               {"control", control},
               {"details", Json::object()},
               {"checks", {paired, check}}}}}};
}

} // namespace

TEST_CASE("Wilson's interval holds the share, also where all or none pass", "[robustness]") {
    for (const int n : {1, 2, 10, 1000})
        for (const int k : {0, n / 2, n}) {
            const auto [low, high] = wilson_interval(k, n);
            const double share = static_cast<double>(k) / n;
            CHECK(low <= share);
            CHECK(share <= high);
        }
    // Brown, Cai and DasGupta: the end points solve |share - x| = z sqrt(x (1 - x) / n)
    const auto [low, high] = wilson_interval(9, 10);
    for (const double end : {low, high})
        CHECK_THAT(std::abs(0.9 - end) / std::sqrt(end * (1 - end) / 10), WithinAbs(1.959964, 1e-6));
    CHECK(wilson_interval(0, 0).high == 1);
}

TEST_CASE("the sign test counts tails", "[robustness]") {
    CHECK_THAT(sign_test(10, 0), WithinAbs(2.0 / 1024, 1e-12));
    CHECK_THAT(sign_test(1, 9), WithinAbs(2.0 * 11 / 1024, 1e-12));
    CHECK(sign_test(5, 5) == 1);
    CHECK(sign_test(0, 0) == 1);
}

TEST_CASE("verdicts of several seeds side by side", "[robustness]") {
    const std::vector<SeedOutcome> outcomes{{0, seed_document(0, 0.95, "pass", 0.1), "", "aaa, bbb"},
                                            {1, seed_document(1, 0.85, "fail", 0.2), "", "bbb"},
                                            {2, nullptr, "the loss is no longer finite"},
                                            {3, seed_document(3, 0.97, "inconclusive", -0.1), "", "bbb"},
                                            {4, seed_document(4, 0, "not-run", 0), "", "bbb"}};
    const Robustness result = robustness_of(outcomes);
    CHECK(result.seeds == std::vector<std::uint64_t>{0, 1, 3, 4});
    REQUIRE(result.failed.size() == 1);
    CHECK(result.failed.front().failure == "the loss is no longer finite");
    REQUIRE(result.claims.size() == 1);
    const ClaimAcrossSeeds& claim = result.claims.front();
    CHECK(claim.passed == 1);
    CHECK(claim.judged == 3);
    CHECK(claim.inconclusive == 1);
    CHECK(result.commits == std::vector<std::string>{"aaa", "bbb"});
    CHECK(result.key_frequencies[1] == std::vector{3, 1});
    CHECK(result.green_controls == 1);
    CHECK(to_json(result)["claims"][0]["failing_seeds"] == Json{1, 3});
    CHECK(to_json(result)["claims"][0]["checks"][1]["values"][3].is_null());

    const Json main_document = {{"config", {{"p", 113}, {"epochs", 20000}}},
                                {"provenance", {{"commit", "ccc"}, {"cpu", "a processor"}}}};
    CHECK_THAT(robustness_table(result, main_document),
               Contains("| `circles` Circles. | law | 1 of 3, 1 inconclusive |") &&
                   Contains("Trained at commit aaa, bbb;") && Contains("judged at commit ccc") &&
                   Contains("Seed 2 could not be judged"));
}

TEST_CASE("a claim is shown by the check that most seeds miss", "[robustness]") {
    const std::vector<SeedOutcome> misses_second{{0, seed_document(0, 0.5, "fail", 0.1), ""}};
    CHECK(robustness_of(misses_second).claims.front().shown().metric == "purity");
    const std::vector<SeedOutcome> misses_none{{0, seed_document(0, 0.95, "pass", 0.1), ""}};
    CHECK(robustness_of(misses_none).claims.front().shown().metric == "lead");
}

TEST_CASE("differences that a coin might decide are tested as pairs", "[robustness]") {
    std::vector<SeedOutcome> outcomes;
    for (std::uint64_t seed = 0; seed < 8; ++seed)
        outcomes.push_back({seed, seed_document(seed, 0.95, "pass", seed == 0 ? 0 : 0.1), ""});
    const Robustness result = robustness_of(outcomes);
    REQUIRE(result.paired.size() == 1); // not the check against 0.9
    CHECK(result.paired.front().positive == 7);
    CHECK(result.paired.front().ties == 1);
    CHECK_THAT(result.paired.front().p_value, WithinAbs(2.0 / 128, 1e-12));
}

TEST_CASE("documents of different programs are not compared", "[robustness]") {
    Json other = seed_document(1, 0.95, "pass", 0.1);
    other["claims"][0]["id"] = "squares";
    const std::vector<SeedOutcome> outcomes{{0, seed_document(0, 0.95, "pass", 0.1), ""}, {1, other, ""}};
    CHECK_THROWS_WITH(robustness_of(outcomes), Contains("seed 1 was judged by another table"));
}

TEST_CASE("lists of seeds", "[seeds]") {
    CHECK(parse_seed_list("7") == std::vector<std::uint64_t>{7});
    CHECK(parse_seed_list("0,5-7,2") == std::vector<std::uint64_t>{0, 5, 6, 7, 2});
    CHECK(parse_seed_list("18446744073709551614-18446744073709551615").size() == 2);
    for (const char* bad : {"", "a", "1,", ",1", "1-", "-1", "3-1", "1,1", "0-3,2", "1 2", "0-10000",
                            "18446744073709551616", "0x1"})
        CHECK_THROWS_AS(parse_seed_list(bad), UsageError);
    CHECK(describe_seeds({0, 1, 2, 7}) == "0-2, 7");
    CHECK(describe_seeds({5}) == "5");
}
