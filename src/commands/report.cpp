#include "commands/report.h"

#include "claims/across_seeds.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "base/process.h"
#include "base/text.h"
#include "base/parallel_for.h"
#include "claims/junit.h"
#include "runs/results_cache.h"
#include "pipeline/seed_report.h"
#include "render/page.h"
#include "claims/robustness_table.h"
#include "runs/results_store.h"
#include "pipeline/sweep.h"
#include "pipeline/train_models.h"

#include <algorithm>
#include <exception>
#include <fmt/format.h>

namespace grokreport {

namespace {

void write_page(const std::filesystem::path& page, const std::string& html) {
    write_file(page, html);
    fmt::print("wrote {}\n", page.string());
}

// Renders before anything is written, so that a mistake in a template leaves the last good set.
void write_up(const Options& options, const Results& results, const std::filesystem::path& page) {
    const std::string html = render_report(results, options.paths);
    save_results(options.paths.results(options.config.seed), results);
    write_page(page, html);
    remove_other_figures(options, results);
}

// The write-up of a seed that is not the main one; it says nothing of the others.
void write_seed_page(const Options& options) {
    Results results = report_on_seed(options);
    add_comparison(options, {}, results);
    add_grid(options, {}, {}, results);
    write_up(options, results, options.paths.seed_page(options.config.seed));
}

// Several at once.
void write_seed_pages(const Options& options, const std::vector<std::uint64_t>& seeds) {
    std::vector<std::exception_ptr> failures(seeds.size());
    parallel_for(seeds.size(), options.threads, [&](std::size_t i) {
        try {
            write_seed_page(for_seed(options, seeds[i]));
        } catch (...) {
            failures[i] = std::current_exception();
        }
    });
    for (const std::exception_ptr& failure : failures)
        if (failure) std::rethrow_exception(failure);
}

void print_summary(const nlohmann::ordered_json& claims) {
    for (const auto& claim : claims)
        fmt::print("{:<13} {:<24} {}\n", claim["verdict"].get<std::string>(), claim["id"].get<std::string>(),
                   one_line(claim["reason"].get<std::string>()));
}

void print_comparison(const Robustness& robustness) {
    for (const SeedOutcome& outcome : robustness.failed)
        fmt::print("seed {} failed: {}\n", outcome.seed, one_line(outcome.failure));
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        fmt::print("{:>4} of {:<4} seeds pass {}\n", claim.passed, claim.judged, claim.id);
}

bool is_as_expected(const nlohmann::ordered_json& claim) {
    return claim["verdict"] == claim["expected"] || claim["verdict"] == to_string(Verdict::not_run);
}

} // namespace

ReportOutcome write_report(const Options& asked) {
    require_programs();
    const TrainingFailures failures = train_models(asked);
    const FolderLock lock(asked.paths.report());
    remove_temporary_files(asked.paths.report());
    remove_temporary_files(asked.paths.seed_page(asked.config.seed).parent_path());

    // Analyse, judge and draw each seed
    std::vector<SeedOutcome> outcomes;
    if (asked.seeds.size() > 1) outcomes = analyse_seeds(asked, failures);
    const Options options = outcomes.empty() ? asked : with_a_main_seed(asked, outcomes);
    Results results = report_on_seed(options);
    if (outcomes.empty()) outcomes = {{options.config.seed, results.claims, "", results.data_commit}};
    std::stable_partition(outcomes.begin(), outcomes.end(),
                          [&](const SeedOutcome& outcome) { return outcome.seed == options.config.seed; });

    // What they say together
    const Robustness robustness = robustness_of(outcomes);
    add_comparison(options, robustness, results);
    const std::vector<GridCell> cells = read_grid(options, failures);
    add_grid(options, robustness, cells, results);

    // Write
    write_up(options, results, options.paths.index());
    write_file(options.paths.claims(), results.claims.dump(2) + "\n");
    write_file(options.paths.junit(), junit_xml(results.claims));
    if (options.seeds.size() > 1) {
        auto document = to_json(robustness);
        document["config"] = to_json(options.config);
        write_file(options.paths.robustness(), document.dump(2) + "\n");
        write_file(options.paths.robustness_table(), robustness_table(robustness, results.claims));
    }
    if (options.grid.size() > 1) write_file(options.paths.grid(), to_json(cells).dump(2) + "\n");
    std::vector<std::uint64_t> analysed = robustness.seeds;
    std::erase(analysed, options.config.seed);
    write_seed_pages(options, analysed);

    print_summary(results.claims["claims"]);
    if (options.seeds.size() > 1) print_comparison(robustness);
    return {.as_expected = std::ranges::all_of(results.claims["claims"], is_as_expected),
            .all_trained = failures.empty() && robustness.failed.empty()};
}

bool prepare_seeds(const Options& options) {
    require_programs();
    const TrainingFailures failures = train_models(options);
    const std::vector<SeedOutcome> outcomes = analyse_seeds(options, failures);
    bool all = failures.empty();
    for (const SeedOutcome& outcome : outcomes) {
        fmt::print("seed {} {}\n", outcome.seed,
                   outcome.failure.empty() ? "is ready" : "failed: " + one_line(outcome.failure));
        all = all && outcome.failure.empty();
    }
    return all;
}

void list_unprepared(const Options& options) {
    for (const std::uint64_t seed : options.seeds)
        if (!is_prepared(for_seed(options, seed))) fmt::print("{}\n", seed);
}

void render_report_again(const Options& options) {
    require_program("node", "nodejs");
    write_page(options.paths.index(), render_report(stored_results(options), options.paths));
}

} // namespace grokreport
