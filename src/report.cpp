#include "report.h"

#include "across_seeds.h"
#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "figures/draw.h"
#include "figures/robustness.h"
#include "findings/robustness.h"
#include "junit.h"
#include "one_seed.h"
#include "render/page.h"
#include "stored_results.h"
#include "train_models.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

namespace {

void require_programs() {
    require_program("gnuplot", "gnuplot-nox");
    require_program("rsvg-convert", "librsvg2-bin");
    require_program("pngquant", "pngquant");
    require_program("ffmpeg", "ffmpeg");
    require_program("node", "nodejs");
}

// Renders before anything is written, so that a mistake in a template leaves the last good set.
void write_seed(const Options& options, const SeedReport& report, const std::filesystem::path& page) {
    const std::string html = render_report(report.results, options.paths);
    save_results(options.paths.results(options.config.seed), report.results);
    write_file(page, html);
    figures::remove_other_figures(report.drawn, options.paths.figures(options.config.seed));
    fmt::print("wrote {}\n", page.string());
}

// The outcome of a seed that is not the main one: its own page, and its claims for the comparison.
SeedOutcome report_other_seed(const Options& options) {
    SeedReport report;
    try {
        report = report_on_seed(options);
    } catch (const std::exception& failure) { // told beside the others, which go on
        return {options.config.seed, nullptr, failure.what()};
    }
    report.results.facts["sweep"] = robustness_facts({}, options.config.seed);
    write_seed(options, report, options.paths.seed_page(options.config.seed));
    return {options.config.seed, std::move(report.results.claims), ""};
}

// Adds what the seeds say together to the report of the main one.
void add_comparison(const Options& options, const Robustness& robustness, SeedReport& report) {
    report.results.facts["sweep"] = robustness_facts(robustness, options.config.seed);
    if (options.seeds.size() < 2) return;
    draw_figures(options,
                 {figures::robustness_matrix("robustness", robustness),
                  figures::robustness_values("robustness-values", robustness)},
                 report);
}

void print_summary(const std::vector<Claim>& claims) {
    for (const Claim& claim : claims)
        fmt::print("{:<13} {:<24} {}\n", to_string(claim.verdict), claim.definition.id, claim.reason);
}

void print_comparison(const Robustness& robustness) {
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        fmt::print("{:>4} of {:<4} seeds pass {}\n", claim.passed, claim.judged, claim.id);
}

} // namespace

bool write_report(const Options& options) {
    require_programs();
    const auto failed = train_models(options);
    if (failed.contains(options.config.seed))
        throw Error(fmt::format("seed {}, the first, has no model: {}", options.config.seed,
                                failed.at(options.config.seed)),
                    "put another seed first");

    std::vector<SeedOutcome> outcomes;
    for (const std::uint64_t seed : options.seeds)
        if (failed.contains(seed)) {
            outcomes.push_back({seed, nullptr, failed.at(seed)});
        } else if (seed != options.config.seed) {
            outcomes.push_back(report_other_seed(for_seed(options, seed)));
        }
    SeedReport report = report_on_seed(options);
    outcomes.insert(outcomes.begin(), {options.config.seed, report.results.claims, ""});
    const Robustness robustness = robustness_of(outcomes);
    add_comparison(options, robustness, report);

    write_seed(options, report, options.paths.index());
    write_file(options.paths.claims(), report.results.claims.dump(2) + "\n");
    write_file(options.paths.junit(), junit_xml(report.results.claims));
    print_summary(report.claims);
    if (options.seeds.size() > 1) {
        write_file(options.paths.robustness(), to_json(robustness).dump(2) + "\n");
        print_comparison(robustness);
    }
    return std::ranges::all_of(report.claims, &Claim::as_expected);
}

void render_report_again(const Options& options) {
    require_program("node", "nodejs");
    const std::string page = render_report(stored_results(options), options.paths);
    write_file(options.paths.index(), page);
    fmt::print("wrote {}\n", options.paths.index().string());
}

} // namespace grokreport
