#include "render/claim_reference.h"

#include "base/files.h"
#include "claims/claim.h"
#include "render/claim_context.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using namespace grokreport::render;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace {

Json document_with(double value, Kind kind) {
    const ClaimDefinition definition{.id = "round",
                                     .section = "5",
                                     .kind = kind,
                                     .statement = "It is round.",
                                     .checks = {{"ratio", Relation::at_least, 0.5, "", ""}}};
    return {{"seed", 0},
            {"claims", Json::array({to_json(judge(definition, {.id = "round", .values = {value}}))})}};
}

// Twenty seeds with ratios 0.50 to 0.69, and `failing` below the bound.
ComparedWith twenty_seeds(int failing) {
    ReferenceClaim claim{.judged = 20 + failing, .passed = 20, .interval = {}, .values = {{}}};
    claim.interval = wilson_interval(claim.passed, claim.judged);
    for (int i = 0; i < failing; ++i)
        claim.values[0].push_back(0.3);
    for (int i = 0; i < 20; ++i)
        claim.values[0].push_back(0.5 + 0.01 * i);
    ComparedWith with;
    with.reference.seeds = {100, 101};
    with.reference.claims.emplace("round", claim);
    return with;
}

Json card_of(const Json& document, const ComparedWith& with) {
    Json card = Json::object();
    add_reference(document["claims"][0], with, card);
    return card;
}

std::string unusual_text(const Json& document, const ComparedWith& with) {
    const Json context = reference_context(document, with);
    validate_context(context);
    const Json& items = items_of(context["unusual"]);
    return items.empty() ? "" : items[0]["text"].get<std::string>();
}

} // namespace

TEST_CASE("a badge says on how many reference seeds its claim holds", "[render]") {
    const Json card = card_of(document_with(0.545, Kind::law), twenty_seeds(1));
    CHECK(card["reference"] == "holds on 20 of 21 reference seeds");
    CHECK(card["reference_place"] == "6 seeds are below this run, 15 above");
    CHECK_THAT(card["strip"].dump(), Contains("class=\\\"here\\\"") && Contains("bound 0.5; this run 0.545"));
    CHECK(card_of(document_with(0.545, Kind::observation), twenty_seeds(0))["reference"] ==
          "recurs on 20 of 20 reference seeds");
    CHECK(card_of(document_with(std::nan(""), Kind::law), twenty_seeds(0))["reference_place"] ==
          "this run has no value");
    CHECK_FALSE(card_of(document_with(0.545, Kind::law), {})["has_reference"].get<bool>());
    CHECK_FALSE(reference_context(document_with(0.545, Kind::law), {})["shown"].get<bool>());
}

TEST_CASE("a verdict or value that few seeds share is unusual", "[render]") {
    CHECK(unusual_text(document_with(0.55, Kind::law), twenty_seeds(1)).empty());
    CHECK(unusual_text(document_with(0.4, Kind::law), twenty_seeds(1)) ==
          "holds on 20 of 21 reference seeds");
    CHECK(unusual_text(document_with(0.4, Kind::law), twenty_seeds(5)).empty()); // 20 of 25 hold: no rule
    CHECK(unusual_text(document_with(0.75, Kind::law), twenty_seeds(1)) ==
          "ratio is 0.75, above those of all 21 reference seeds");
    CHECK(unusual_text(document_with(std::nan(""), Kind::law), twenty_seeds(5)).empty());
}

TEST_CASE("a claim that planted models do not always tell apart says so", "[render]") {
    ComparedWith with;
    with.calibrations["round"] = {200, 199, 200, 197};
    CHECK_THAT(card_of(document_with(0.6, Kind::law), with)["calibration"].get<std::string>(),
               Contains("199 of 200") && Contains("197 of 200"));
    with.calibrations["round"] = {200, 199, 200, 198};
    CHECK_FALSE(card_of(document_with(0.6, Kind::law), with)["has_calibration"].get<bool>());
}

TEST_CASE("calibrations are read also where there is no table of the reference", "[render]") {
    const TemporaryFolder folder;
    write_file(folder / "calibration.csv", to_csv({{"round", {100, 97, 100, 100}}}));
    const Json document = document_with(0.6, Kind::law);
    const Json card = card_of(document, read_compared_with(document, folder / "claims.csv"));
    CHECK_THAT(card["calibration"].get<std::string>(), Contains("97 of 100"));
    CHECK_FALSE(card["has_reference"].get<bool>());
}

TEST_CASE("a strip of equal values, and one over many orders of magnitude, is drawn", "[render]") {
    for (const std::string& svg : {strip_svg({1, 1, 1}, 1, 1), strip_svg({1e-16, 1e-15}, 1e-5, 2e-16),
                                   strip_svg({0, 3}, 0, std::nan(""))}) {
        CHECK_THAT(svg, !Contains("nan") && !Contains("inf") && Contains("</svg>"));
    }
}
