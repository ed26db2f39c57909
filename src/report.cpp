#include "report.h"

#include "across_seeds.h"
#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "figures/draw.h"
#include "figures/grid.h"
#include "figures/robustness.h"
#include "findings/grid.h"
#include "findings/robustness.h"
#include "junit.h"
#include "one_seed.h"
#include "render/page.h"
#include "seed_list.h"
#include "stored_results.h"
#include "train_models.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

namespace {

void write_page(const std::filesystem::path& page, const std::string& html) {
    write_file(page, html);
    fmt::print("wrote {}\n", page.string());
}

// Renders before anything is written, so that a mistake in a template leaves the last good set.
void write_main_page(const Options& options, const SeedReport& report) {
    const std::string html = render_report(report.results, options.paths);
    save_results(options.paths.results(options.config.seed), report.results);
    write_page(options.paths.index(), html);
    figures::remove_other_figures(report.drawn, options.paths.figures(options.config.seed));
}

// Of a figure that shows all seeds.
figures::Origin origin_of_all(const Options& options, const std::vector<std::string>& commits) {
    return {(options.seeds.size() > 1 ? "seeds " : "seed ") + describe_seeds(options.seeds),
            fmt::format("{}", fmt::join(commits, ", "))};
}

// Adds what the seeds say together to the report of the main one.
void add_comparison(const Options& options, const Robustness& robustness, SeedReport& report) {
    report.results.facts["sweep"] = robustness_facts(robustness, options.config.seed);
    if (robustness.seeds.size() + robustness.failed.size() < 2) return;
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        report.results.by_seeds[claim.id] = {{"passed", claim.passed}, {"judged", claim.judged}};
    draw_figures(options,
                 {figures::robustness_matrix("robustness", robustness),
                  figures::robustness_values("robustness-values", robustness)},
                 origin_of_all(options, robustness.commits), report);
}

// Adds how grokking depends on the settings, where a grid was asked for.
void add_grid(const Options& options, const Robustness& robustness, const std::vector<GridCell>& cells,
              SeedReport& report) {
    report.results.facts["grid"] = grid_facts(cells);
    if (cells.size() < 2) return;
    draw_figures(options, {figures::grokking_by_setting("grid", cells)},
                 origin_of_all(options, robustness.commits), report);
}

GridRun read_grid_run(const Options& options, const Config& config, const TrainingFailures& failures) {
    if (const auto failed = failures.find(run_name(config)); failed != failures.end())
        return {.seed = config.seed, .failure = failed->second};
    try {
        return grid_run(load_run(config, options.paths.run(config)));
    } catch (const std::exception& damaged) {
        return {.seed = config.seed, .failure = damaged.what()};
    }
}

// Every run of the grid that is there, and why others are not.
std::vector<GridCell> read_grid(const Options& options, const TrainingFailures& failures) {
    std::vector<GridCell> cells;
    if (options.grid.size() < 2) return cells;
    for (const Config& cell : options.grid) {
        cells.push_back({cell, {}});
        for (const std::uint64_t seed : options.seeds) {
            Config config = cell;
            config.seed = seed;
            cells.back().runs.push_back(read_grid_run(options, config, failures));
        }
    }
    return cells;
}

// Why a seed has no models to analyse; empty where it has.
std::string why_no_model(const Options& options, const TrainingFailures& failures) {
    for (const Variant variant : report_variants)
        if (const auto failed = failures.find(run_name(variant_of(options, variant)));
            failed != failures.end())
            return failed->second;
    return "";
}

// The outcome of a seed that is not the main one. Its results are stored for its page; what fails is told
// beside the others, which go on.
SeedOutcome analyse_other_seed(const Options& options, const TrainingFailures& failures) {
    SeedReport report;
    try {
        if (const std::string reason = why_no_model(options, failures); !reason.empty())
            return {options.config.seed, nullptr, reason};
        report = report_on_seed(options);
    } catch (const std::exception& failure) {
        return {options.config.seed, nullptr, failure.what()};
    }
    add_comparison(options, {}, report);
    add_grid(options, {}, {}, report);
    save_results(options.paths.results(options.config.seed), report.results);
    figures::remove_other_figures(report.drawn, options.paths.figures(options.config.seed));
    return {options.config.seed, std::move(report.results.claims), "", report.results.data_commit};
}

void print_summary(const std::vector<Claim>& claims) {
    for (const Claim& claim : claims)
        fmt::print("{:<13} {:<24} {}\n", to_string(claim.verdict), claim.definition.id, claim.reason);
}

void print_comparison(const Robustness& robustness) {
    for (const SeedOutcome& outcome : robustness.failed)
        fmt::print("seed {} failed: {}\n", outcome.seed, outcome.failure);
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        fmt::print("{:>4} of {:<4} seeds pass {}\n", claim.passed, claim.judged, claim.id);
}

} // namespace

ReportOutcome write_report(const Options& options) {
    require_programs();
    const TrainingFailures failures = train_models(options);
    if (const std::string reason = why_no_model(for_seed(options, options.config.seed), failures);
        !reason.empty())
        throw Error(fmt::format("seed {}, the first, has no model: {}", options.config.seed, reason),
                    "put another seed first");

    std::vector<SeedOutcome> outcomes;
    for (const std::uint64_t seed : options.seeds)
        if (seed != options.config.seed)
            outcomes.push_back(analyse_other_seed(for_seed(options, seed), failures));
    SeedReport report = report_on_seed(options);
    outcomes.insert(outcomes.begin(),
                    {options.config.seed, report.results.claims, "", report.results.data_commit});
    const Robustness robustness = robustness_of(outcomes);
    add_comparison(options, robustness, report);
    const std::vector<GridCell> cells = read_grid(options, failures);
    add_grid(options, robustness, cells, report);

    write_main_page(options, report);
    write_file(options.paths.claims(), report.results.claims.dump(2) + "\n");
    write_file(options.paths.junit(), junit_xml(report.results.claims));
    if (options.seeds.size() > 1) {
        auto document = to_json(robustness);
        document["config"] = to_json(options.config);
        write_file(options.paths.robustness(), document.dump(2) + "\n");
    }
    if (options.grid.size() > 1) write_file(options.paths.grid(), to_json(cells).dump(2) + "\n");
    for (const std::uint64_t seed : robustness.seeds)
        if (seed != options.config.seed)
            write_page(options.paths.seed_page(seed),
                       render_report(stored_results(for_seed(options, seed)), options.paths));
    print_summary(report.claims);
    if (options.seeds.size() > 1) print_comparison(robustness);
    return {.as_expected = std::ranges::all_of(report.claims, &Claim::as_expected),
            .all_trained = failures.empty() && robustness.failed.empty()};
}

void render_report_again(const Options& options) {
    require_program("node", "nodejs");
    write_page(options.paths.index(), render_report(stored_results(options), options.paths));
}

} // namespace grokreport
