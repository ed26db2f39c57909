#include "claims/check_rows.h"

#include "base/json.h"
#include "claims/claim.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;
using Catch::Matchers::Contains;

namespace {

ClaimDefinition circles() {
    return {.id = "circles",
            .section = "5.1",
            .statement = "Circles.",
            .checks = {{"purity, \"least\"", Relation::at_least, 0.1, "", ""},
                       {"its lead over the null", Relation::greater, 0, "", ""}},
            .control = "points in disorder"};
}

Json document(std::uint64_t seed, const std::vector<double>& values) {
    const Claim claim = judge(circles(), {.id = "circles", .values = values, .control = {0.01}});
    return {{"seed", seed}, {"provenance", {{"commit", "abc"}}}, {"claims", Json::array({to_json(claim)})}};
}

} // namespace

TEST_CASE("a claim gives one row a check, and a row reads back as it was", "[rows]") {
    const double awkward = 0.1 + 0.2;
    const auto rows = check_rows(document(7, {awkward, std::nan("")}), "engine");
    REQUIRE(rows.size() == 2);
    const auto read = check_rows_from_csv(to_csv(rows), "table");
    REQUIRE(read.size() == 2);
    CHECK(read[0].seed == 7);
    CHECK(read[0].claim == "circles");
    CHECK(read[0].value == awkward);
    CHECK(read[0].control == 0.01);
    CHECK(std::isnan(read[1].value));
    CHECK(std::isnan(read[1].control));
    CHECK(read[1].check == 2);
    CHECK(read[1].relation == ">");
    CHECK(read[1].verdict == "fail");
    CHECK(read[1].engine == "engine");
    CHECK(read[1].definition == definition_hash(circles()));
    CHECK(to_csv(read) == to_csv(rows));
}

TEST_CASE("tables of several machines are joined one after the other", "[rows]") {
    const std::string one = to_csv(check_rows(document(1, {0.5, 1}), "e")),
                      two = to_csv(check_rows(document(2, {0.5, 1}), "e"));
    const auto rows = check_rows_from_csv(one + two, "table");
    REQUIRE(rows.size() == 4);
    CHECK(rows.back().seed == 2);
}

TEST_CASE("the metric of a row is quoted", "[rows]") {
    const Json one = document(1, {0.5, 1});
    CHECK_THAT(to_csv_with_metrics(check_rows(one, ""), one),
               Contains(",metric\n1,circles,1,0.5,0.1,>=,0.01,pass,abc,,") &&
                   Contains(",\"purity, \"\"least\"\"\"\n"));
}

TEST_CASE("a damaged row is named by its line", "[rows]") {
    const std::string whole = to_csv(check_rows(document(1, {0.5, 1}), "e"));
    const auto damaged = [&](const std::string& what, const std::string& by) {
        std::string text = whole;
        return text.replace(text.find(what), what.size(), by);
    };
    for (const auto& [text, problem] : std::vector<std::pair<std::string, std::string>>{
             {damaged("0.5", "0,5"), "table:2: 12 cells"},
             {damaged("0.5", "half"), "table:2: 'half' is no number"},
             {damaged("0.5", "nan"), "table:2: 'nan' is no number"},
             {damaged("pass", "passed"), "table:2: 'passed' is no verdict"},
             {damaged(">=", "=>"), "table:2: '=>' is no relation"},
             {damaged("seed,", "seeds,"), "table:1: not the columns"},
             {damaged("\n1,circles,1", "\n-1,circles,1"), "table:2: '-1' is no number"},
             {damaged("0.1,>=", ",>="), "table:2: a claim, a check or a bound is missing"},
             {"", "table:1: not the columns"}})
        CHECK_THROWS_WITH(check_rows_from_csv(text, "table"), Contains(problem));
}

TEST_CASE("the hash of a definition is of what a verdict depends on", "[rows]") {
    const auto changed = [](auto change) {
        ClaimDefinition claim = circles();
        change(claim);
        return definition_hash(claim);
    };
    const std::string hash = definition_hash(circles());
    CHECK(hash.size() == 12);
    CHECK(changed([](ClaimDefinition& c) { c.statement = "Rings."; }) == hash);
    CHECK(changed([](ClaimDefinition& c) { c.checks[0].bound = 0.2; }) != hash);
    CHECK(changed([](ClaimDefinition& c) { c.checks[1].relation = Relation::at_least; }) != hash);
    CHECK(changed([](ClaimDefinition& c) { c.checks[1].metric = "lead"; }) != hash);
    CHECK(changed([](ClaimDefinition& c) { c.control = "another"; }) != hash);
}
