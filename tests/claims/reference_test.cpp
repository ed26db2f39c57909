#include "claims/reference.h"

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "claims/reference_document.h"
#include "model/config.h"
#include "sections/sections.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;
using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using grokreport::testing::TemporaryFolder;

namespace {

ClaimDefinition round_definition() {
    return {
        .id = "round",
        .section = "5",
        .statement = "It is round.",
        .checks = {{"ratio", Relation::at_least, 0.5, "", ""}, {"spread", Relation::at_most, 0.2, "", ""}},
        .control = "a square"};
}

Json seed_document(std::uint64_t seed, double ratio, double spread, double control = 0.1,
                   const ClaimDefinition& definition = round_definition()) {
    const Claim claim = judge(definition, {.id = "round", .values = {ratio, spread}, .control = {control}});
    return {{"seed", seed},
            {"provenance", {{"commit", "abc"}}},
            {"runs", Json::array()},
            {"claims", Json::array({to_json(claim)})}};
}

// Twelve seeds with ratios 0.40, 0.45, ..., 0.95: the first two miss the bound.
std::vector<CheckRow> twelve_seeds() {
    std::vector<CheckRow> rows;
    for (std::uint64_t seed = 0; seed < 12; ++seed)
        for (const CheckRow& row :
             check_rows(seed_document(seed, 0.4 + 0.05 * static_cast<double>(seed), 0.1), "e"))
            rows.push_back(row);
    return rows;
}

} // namespace

TEST_CASE("a claim is counted over the seeds that were judged by its definition", "[reference]") {
    const Json claims = seed_document(0, 1, 0)["claims"];
    std::vector<CheckRow> rows = twelve_seeds();
    const ReferenceTable reference = reference_of(rows, claims);
    const ReferenceClaim* claim = reference.find("round");
    REQUIRE(claim != nullptr);
    CHECK(claim->judged == 12);
    CHECK(claim->passed == 10);
    CHECK(claim->values[0].front() == 0.4);
    CHECK_THAT(claim->interval.low, WithinAbs(wilson_interval(10, 12).low, 1e-12));

    rows[0].definition = "another"; // then its seed lacks a check
    CHECK(reference_of(rows, claims).find("round")->judged == 11);
    for (CheckRow& row : rows)
        row.definition = "another";
    CHECK(reference_of(rows, claims).find("round") == nullptr);
    CHECK(reference.find("square") == nullptr);
}

TEST_CASE("of few seeds nothing is said", "[reference]") {
    std::vector<CheckRow> rows = twelve_seeds();
    rows.resize(2 * (least_reference_seeds - 1));
    CHECK(reference_of(rows, seed_document(0, 1, 0)["claims"]).find("round") == nullptr);
}

TEST_CASE("a run with other settings is not compared, and a missing table is none", "[reference]") {
    const TemporaryFolder folder;
    const auto file = folder / "claims.csv";
    CHECK(reference_for(seed_document(0, 1, 0), file).seeds.empty());
    write_file(file, to_csv(twelve_seeds()));
    Json document = seed_document(0, 1, 0);
    const auto run = [](const Config& config) {
        return Json{{"variant", to_string(config.variant)}, {"config", Json::parse(to_json(config).dump())}};
    };
    document["runs"] = {run({.seed = 7}), run({.variant = Variant::linear, .seed = 7, .epochs = 40000})};
    CHECK(reference_for(document, file).seeds.size() == 11); // seed 0 is compared with the others
    document["seed"] = 77;
    CHECK(reference_for(document, file).seeds.size() == 12);
    document["seed"] = 0;
    document["runs"][0] = run({.seed = 7, .epochs = 10000});
    CHECK(reference_for(document, file).seeds.empty());
    document["runs"][0] = run({.seed = 7});
    document["seed"] = nullptr; // a model that was trained elsewhere
    CHECK(reference_for(document, file).seeds.empty());
    write_file(file, "seed\n");
    document["seed"] = 7;
    document["runs"][0] = run({.seed = 7});
    CHECK_THROWS_WITH(reference_for(document, file), Contains("claims.csv:1"));
}

TEST_CASE("a value has its place among others", "[reference]") {
    const std::vector<double> values{1, 2, 2, 3};
    CHECK(place_among(values, 2).equal == 2);
    CHECK(place_among(values, 2.5).smaller == 3);
    CHECK(place_among(values, 4).is_outside());
    CHECK(place_among(values, 0).is_outside());
    CHECK_FALSE(place_among(values, 3).is_outside());
    CHECK(place_among({1e-15, 2e-15}, 0).equal == 2); // another compiler, another rounding
    CHECK(place_among({1e-7, 2e-7}, 0).is_outside());
}

TEST_CASE("calibrations read back as they were", "[reference]") {
    const TemporaryFolder folder;
    const auto file = folder / "calibration.csv";
    CHECK(read_calibrations(file).empty());
    const Calibrations written{{"round", {200, 199, 100, 97}}};
    write_file(file, to_csv(written));
    const Calibration read = read_calibrations(file).at("round");
    CHECK(read.sensitivity() == 0.995);
    CHECK(read.specificity() == 0.97);
    for (const char* damaged : {"claim\n", "claim,true_draws,passed,false_draws,not_passed\nround,1,2\n",
                                "claim,true_draws,passed,false_draws,not_passed\nround,1,-2,3,4\n"}) {
        write_file(file, damaged);
        CHECK_THROWS_AS(read_calibrations(file), Error);
    }
}

TEST_CASE("every claim but that of the engine is calibrated", "[reference]") {
    const Calibrations known = read_calibrations(GROKREPORT_SOURCE_DIR "/docs/reference/calibration.csv");
    for (const ClaimDefinition& claim : table_of_bounds({})) {
        CAPTURE(claim.id);
        const auto found = known.find(claim.id);
        CHECK((found == known.end()) == (claim.id == "engine.exact"));
        if (found != known.end())
            CHECK(std::min(found->second.sensitivity(), found->second.specificity()) > 0.9);
    }
}

TEST_CASE("moved bounds change the verdicts near them, of the control too", "[reference]") {
    const auto rows = [](double ratio, double spread, double control) {
        return check_rows(seed_document(1, ratio, spread, control), "e");
    };
    CHECK(verdict_with_moved_bounds(rows(0.46, 0.1, 0.1), 0) == Verdict::fail);
    CHECK(verdict_with_moved_bounds(rows(0.46, 0.1, 0.1), 0.1) == Verdict::pass);
    CHECK(verdict_with_moved_bounds(rows(0.54, 0.1, 0.1), -0.1) == Verdict::fail);
    CHECK(verdict_with_moved_bounds(rows(0.6, 0.19, 0.1), -0.1) == Verdict::fail); // 0.18 is the bound then
    CHECK(verdict_with_moved_bounds(rows(0.6, 0.1, 0.46), 0) == Verdict::pass);
    CHECK(verdict_with_moved_bounds(rows(0.6, 0.1, 0.46), 0.1) == Verdict::inconclusive);
    CHECK(verdict_with_moved_bounds(rows(0.6, 0.1, std::nan("")), 0) == Verdict::inconclusive);
}

TEST_CASE("the document counts the seeds that moved bounds would turn", "[reference]") {
    const std::string text = reference_document(twelve_seeds(), {round_definition()});
    // 0.45 passes at 0.45; 0.5 no longer passes at 0.55, and 0.55 does
    CHECK_THAT(text, Contains("# Claims on 12 reference seeds") && Contains("| law | 10 of 12 |") &&
                         Contains("| 0.4, 0.675, 0.950 | >= 0.5 | +1 −1 |"));
    CHECK_THAT(text, Contains("Of the post's 1 laws **0** hold on at least 95 % of the seeds.\n"));
    for (const Verdict expected : {Verdict::pass, Verdict::fail}) {
        ClaimDefinition definition = round_definition();
        definition.expected = expected;
        std::vector<CheckRow> failing;
        for (std::uint64_t seed = 0; seed < 3; ++seed)
            for (const CheckRow& row : check_rows(seed_document(seed, 0.6, 0.3, 0.1, definition), "e"))
                failing.push_back(row);
        CHECK_THAT(reference_paragraph(failing, {definition}),
                   Contains(expected == Verdict::fail
                                ? "On fewer than half, as expected: It is round (`round`)."
                                : "On fewer than half, against what was expected: It is round (`round`)."));
    }
    const auto paragraph_of = [](Kind kind) {
        ClaimDefinition definition = round_definition();
        definition.kind = kind;
        return reference_paragraph(twelve_seeds(), {definition});
    };
    CHECK_THAT(paragraph_of(Kind::law), Contains("Of its observations on its own run none was run.") &&
                                            Contains("Of our own claims none was run."));
    CHECK_THAT(paragraph_of(Kind::observation),
               Contains("Of its 1 observations on its own run **0** recur on at least 95 % of the seeds."));
    CHECK_THAT(paragraph_of(Kind::ours),
               Contains("Of our own 1 claims **0** hold on at least 95 % of the seeds."));
    const std::string paragraph = paragraph_of(Kind::law);
    CHECK_THAT(paragraph, Contains("12 seeds (0-11)"));
    const std::string readme = std::string("a\n") + paragraph_begins + "old\n" + paragraph_ends + "b\n";
    CHECK(with_paragraph(readme, paragraph) ==
          std::string("a\n") + paragraph_begins + paragraph + paragraph_ends + "b\n");
    CHECK_THROWS_AS(with_paragraph("a\n", paragraph), Error);
}
