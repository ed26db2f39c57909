#include "pipeline/sweep.h"

#include "base/error.h"
#include "base/progress.h"
#include "base/parallel_for.h"
#include "sections/robustness/figures_grid.h"
#include "sections/robustness/figures.h"
#include "sections/robustness/grid_findings.h"
#include "sections/robustness/findings.h"
#include "pipeline/seed_report.h"
#include "base/seed_list.h"

#include <algorithm>
#include <fmt/format.h>
#include <mutex>
#include <numeric>

namespace grokreport {

namespace {

// How far several seeds are, on one bar.
class AnalysisProgress {
    static constexpr int steps = 1000; // of the bar

  public:
    explicit AnalysisProgress(std::size_t n_seeds)
        : shares_(n_seeds, 0), progress_("analysing seeds", 0, steps, Progress::Shows::share) {}

    void update(std::size_t i, std::uint64_t seed, double share) {
        const std::lock_guard lock(mutex_);
        shares_[i] = share;
        const double all = std::accumulate(shares_.begin(), shares_.end(), 0.0);
        progress_.update(
            static_cast<int>(steps * all / static_cast<double>(shares_.size())),
            fmt::format("{} of {} done; seed {}", std::ranges::count(shares_, 1.0), shares_.size(), seed));
    }

  private:
    std::vector<double> shares_;
    Progress progress_;
    std::mutex mutex_;
};

// Why a seed has no models to analyse; empty where it has.
std::string why_no_model(const Options& options, const TrainingFailures& failures) {
    for (const Variant variant : report_variants)
        if (const auto failed = failures.find(run_name(variant_of(options, variant)));
            failed != failures.end())
            return failed->second;
    return "";
}

SeedOutcome analyse_seed(const Options& options, const TrainingFailures& failures,
                         const DrawProgress& progress) {
    const std::uint64_t seed = options.config.seed;
    try {
        if (const std::string reason = why_no_model(options, failures); !reason.empty())
            return {seed, nullptr, reason};
        Results results = report_on_seed(options, progress);
        return {seed, std::move(results.claims), "", results.data_commit};
    } catch (const std::exception& failure) {
        return {seed, nullptr, failure.what()};
    }
}

// Of a figure that shows all seeds.
figures::Origin origin_of_all(const std::vector<std::uint64_t>& seeds,
                              const std::vector<std::string>& commits) {
    return {(seeds.size() > 1 ? "seeds " : "seed ") + describe_seeds(seeds),
            fmt::format("{}", fmt::join(commits, ", "))};
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

} // namespace

std::vector<SeedOutcome> analyse_seeds(const Options& options, const TrainingFailures& failures) {
    const std::vector<std::uint64_t>& seeds = options.seeds;
    std::vector<SeedOutcome> outcomes(seeds.size());
    AnalysisProgress joint(seeds.size());
    parallel_for(seeds.size(), options.threads, [&](std::size_t i) {
        Options one = for_seed(options, seeds[i]);
        one.threads = std::max(1, options.threads / static_cast<int>(seeds.size()));
        outcomes[i] = analyse_seed(one, failures, [&](int done, int total, const std::string&) {
            joint.update(i, seeds[i], static_cast<double>(done) / (total + 1));
        });
        joint.update(i, seeds[i], 1);
    });
    return outcomes;
}

Options with_a_main_seed(const Options& options, std::span<const SeedOutcome> outcomes) {
    const auto found = std::ranges::find(outcomes, "", &SeedOutcome::failure);
    if (found == outcomes.end())
        throw Error(fmt::format("no seed could be judged; seed {}: {}", outcomes.front().seed,
                                outcomes.front().failure),
                    options.gather ? "`grokreport prepare` trains them, as does this command without --gather"
                                   : "mend what it names, or choose other seeds");
    Options with_main = options;
    const auto place = std::ranges::find(with_main.seeds, found->seed);
    std::rotate(with_main.seeds.begin(), place, place + 1);
    with_main.config.seed = found->seed;
    for (Config& cell : with_main.grid)
        cell.seed = found->seed;
    return with_main;
}

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

void add_comparison(const Options& options, const Robustness& robustness, Results& results) {
    results.facts["sweep"] = robustness_facts(robustness, options.config.seed);
    if (robustness.seeds.size() + robustness.failed.size() < 2) return;
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        results.by_seeds[claim.id] = {{"passed", claim.passed}, {"judged", claim.judged}};
    draw_figures(options,
                 {figures::robustness_matrix("robustness", robustness),
                  figures::robustness_values("robustness-values", robustness)},
                 origin_of_all(robustness.seeds, robustness.commits), {}, results);
}

void add_grid(const Options& options, const Robustness& robustness, const std::vector<GridCell>& cells,
              Results& results) {
    results.facts["grid"] = grid_facts(cells);
    if (cells.size() < 2) return;
    draw_figures(options, {figures::grokking_by_setting("grid", cells)},
                 origin_of_all(options.seeds, robustness.commits), {}, results);
}

} // namespace grokreport
