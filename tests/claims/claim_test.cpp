#include "base/error.h"
#include "claims/claim.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace grokreport;

namespace {

ClaimDefinition definition_with_control(const std::string& control) {
    ClaimDefinition definition;
    definition.id = "a.claim";
    definition.checks = {{"first", Relation::at_least, 0.9, "", "because"},
                         {"second", Relation::less, 2, "", ""}};
    definition.control = control;
    return definition;
}

Verdict verdict_of(std::vector<double> values, std::vector<double> control) {
    const auto definition = definition_with_control(control.empty() ? "" : "untrained");
    return judge(definition, {.id = "a.claim", .values = values, .control = control}).verdict;
}

} // namespace

TEST_CASE("relations at and beside the bound", "[claims]") {
    CHECK(holds(1, Relation::at_least, 1));
    CHECK_FALSE(holds(1, Relation::greater, 1));
    CHECK(holds(1, Relation::at_most, 1));
    CHECK_FALSE(holds(1, Relation::less, 1));
    CHECK(holds(1, Relation::equal, 1));
    for (auto relation :
         {Relation::at_least, Relation::greater, Relation::at_most, Relation::less, Relation::equal}) {
        CHECK_FALSE(holds(std::numeric_limits<double>::quiet_NaN(), relation, 0));
        CHECK_FALSE(holds(std::numeric_limits<double>::infinity(), relation, 0));
    }
}

TEST_CASE("verdicts", "[claims]") {
    CHECK(verdict_of({0.9, 1}, {}) == Verdict::pass);
    CHECK(verdict_of({0.8, 1}, {}) == Verdict::fail);
    CHECK(verdict_of({0.9, 2}, {}) == Verdict::fail);
    CHECK(verdict_of({0.9, 1}, {0.1}) == Verdict::pass);
    CHECK(verdict_of({0.9, 1}, {0.95}) == Verdict::inconclusive);
    CHECK(verdict_of({0.9, 1}, {0.95, 3}) == Verdict::pass);
    CHECK(verdict_of({0.8, 1}, {0.95}) == Verdict::fail);
    CHECK(verdict_of({0.9, 1}, {std::numeric_limits<double>::quiet_NaN()}) == Verdict::inconclusive);
    CHECK(verdict_of({std::numeric_limits<double>::quiet_NaN(), 1}, {0.1}) == Verdict::fail);
}

TEST_CASE("a value that is not finite is null in JSON and the verdict is fail", "[claims]") {
    const auto definition = definition_with_control("");
    const Claim claim =
        judge(definition, {.id = "a.claim", .values = {std::numeric_limits<double>::infinity(), 1}});
    CHECK(to_json(claim)["value"].is_null());
    CHECK(to_json(claim)["verdict"] == "fail");
    CHECK(to_json(claim)["control"].is_null());
}

TEST_CASE("nothing is silently left out", "[claims]") {
    const std::vector table{definition_with_control("")};
    const Measurement good{.id = "a.claim", .values = {1, 1}};
    Measurement unknown = good;
    unknown.id = "another.claim";
    CHECK(judge_all(table, {good}).size() == 1);
    CHECK_THROWS_AS(judge_all(table, {}), Error);
    CHECK_THROWS_AS(judge_all(table, {good, good}), Error);
    CHECK_THROWS_AS(judge_all(table, {good, unknown}), Error);
    Measurement short_of_a_value = good;
    short_of_a_value.values.pop_back();
    CHECK_THROWS_AS(judge_all(table, {short_of_a_value}), Error);
}

TEST_CASE("an observation that fails does not recur, and a law that fails is a failure", "[claims]") {
    ClaimDefinition definition = definition_with_control("");
    const auto told = [&](Kind kind, const Measurement& measurement) {
        definition.kind = kind;
        const auto claim = to_json(judge(definition, measurement));
        return std::pair(told_verdict(claim), is_as_expected(claim));
    };
    const Measurement misses{.id = "a.claim", .values = {std::nan(""), 1}},
        good{.id = "a.claim", .values = {1, 1}};
    CHECK(told(Kind::law, misses) == std::pair(std::string("fail"), false));
    CHECK(told(Kind::ours, misses) == std::pair(std::string("fail"), false));
    CHECK(told(Kind::observation, misses) == std::pair(std::string(not_recurring), true));
    CHECK(told(Kind::observation, good) == std::pair(std::string("pass"), true));
    CHECK(told(Kind::law, {.id = "a.claim", .not_run = "too short"}) ==
          std::pair(std::string("not-run"), true));
}
