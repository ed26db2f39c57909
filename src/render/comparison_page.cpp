#include "render/comparison_page.h"

#include "base/files.h"
#include "base/numbers.h"
#include "render/claim_context.h"
#include "render/html.h"
#include "render/page_context.h"
#include "render/template.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

using namespace render;

namespace {

// One row for each check that both runs have. A claim without such a check has one row.
Json rows_of(const std::vector<ComparedClaim>& comparison) {
    Json rows = Json::array();
    for (const ComparedClaim& claim : comparison) {
        std::vector<ComparedCheck> checks = claim.checks;
        if (checks.empty()) checks.push_back({.metric = "–", .before = NAN, .after = NAN});
        for (const ComparedCheck& check : checks)
            rows.push_back({{"id", claim.id},
                            {"statement", claim.statement},
                            {"is_first", &check == checks.data()},
                            {"flipped", claim.flipped()},
                            {"moved", check.moved()},
                            {"before_verdict", verdict_word(claim.before)},
                            {"after_verdict", verdict_word(claim.after)},
                            {"metric", check.metric},
                            {"before", describe_value(check.before)},
                            {"after", describe_value(check.after)}});
    }
    const Json prototype = {{"id", ""},      {"statement", ""},      {"is_first", true},    {"flipped", true},
                            {"moved", true}, {"before_verdict", ""}, {"after_verdict", ""}, {"metric", ""},
                            {"before", ""},  {"after", ""}};
    return list_of(prototype, rows);
}

Json figures_of(const ComparedRun& before, const ComparedRun& after) {
    const auto image = [](const ComparedRun& run, const std::string& id) {
        return own_html(data_uri("image/svg+xml", read_file(run.figures / (id + ".svg"))));
    };
    Json figures = Json::array();
    for (const std::string& id : after.figure_ids)
        if (std::ranges::find(before.figure_ids, id) != before.figure_ids.end())
            figures.push_back({{"id", id}, {"before", image(before, id)}, {"after", image(after, id)}});
    return list_of({{"id", ""}, {"before", own_html("")}, {"after", own_html("")}}, figures);
}

} // namespace

std::string render_comparison(const ComparedRun& before, const ComparedRun& after,
                              const std::vector<ComparedClaim>& comparison,
                              const std::filesystem::path& templates) {
    const auto flipped = std::ranges::count_if(comparison, &ComparedClaim::flipped);
    const auto moved = std::ranges::count_if(
        comparison, [](const ComparedClaim& claim) { return !claim.flipped() && claim.moved(); });
    const Json context = {{"style", own_html(read_file(templates / "style.css"))},
                          {"palette", palette_context()},
                          {"before_name", before.name},
                          {"after_name", after.name},
                          {"before_seed", before.seed},
                          {"after_seed", after.seed},
                          {"before_commit", before.commit},
                          {"after_commit", after.commit},
                          {"n_claims", format_count(static_cast<std::int64_t>(comparison.size()))},
                          {"n_flipped", format_count(flipped)},
                          {"n_moved", format_count(moved)},
                          {"rows", rows_of(comparison)},
                          {"figures", figures_of(before, after)}};
    validate_context(context);
    return Template(read_source(templates / "compare.html"), Template::Language::html).fill_checked(context);
}

} // namespace grokreport
