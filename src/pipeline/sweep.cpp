#include "pipeline/sweep.h"

#include "base/parallel_for.h"
#include "base/progress.h"
#include "base/seed_list.h"
#include "pipeline/kept_seeds.h"
#include "pipeline/seed_report.h"
#include "runs/trained_run.h"
#include "sections/robustness/facts.h"
#include "sections/robustness/figures.h"
#include "sections/robustness/figures_grid.h"
#include "sections/robustness/grid_facts.h"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <mutex>
#include <numeric>

namespace grokreport {

namespace {

// One progress bar for several seeds.
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
std::string why_no_model(const Study& study, const TrainingFailures& failures) {
    for (const Variant variant : report_variants)
        if (const auto failed = failures.find(run_name(variant_of(study, variant))); failed != failures.end())
            return failed->second;
    return "";
}

// Draws the figures of a seed that gets a page; they are cached.
SeedOutcome judge_and_draw(const Study& study, const Place& place, const Keep& keep, bool is_first,
                           const DrawProgress& progress) {
    if (!is_first && keep.pages != Pages::all) {
        SeedOutcome outcome = outcome_of_seed(study, place);
        if (!gets_page(outcome, keep)) return outcome;
    }
    Results results = report_on_seed(study, place, progress);
    return {study.config.seed, std::move(results.claims), "", results.data_commit};
}

// Whether all that the sweep keeps of a seed beside its outcome is there.
bool is_all_kept(const SeedOutcome& outcome, const Keep& keep, const Paths& paths) {
    return !gets_page(outcome, keep) || results_of_page(outcome.seed, paths, outcome.document);
}

// As `sweep` for one of its seeds.
SeedOutcome analyse_seed(const Sweep& sweep, std::size_t i, const Place& place,
                         const TrainingFailures& failures, SweepStore* store, const DrawProgress& progress) {
    const std::uint64_t seed = sweep.seeds[i];
    const Study study = for_seed(sweep.study, seed);
    const bool is_first = seed == sweep.study.config.seed;
    const std::string asked = asked_of(study);
    try {
        auto stored = store != nullptr && !is_first ? store->find(asked, seed) : std::nullopt;
        const bool has_files = has_runs(study, place.paths);
        const std::string inputs = has_files ? computed_from(study, place.paths) : "";
        // With runs the page is made from them
        const bool is_answered =
            stored && (has_files ? stored->computed_from == inputs && !gets_page(stored->outcome, sweep.keep)
                                 : is_all_kept(stored->outcome, sweep.keep, place.paths));
        if (is_answered) return std::move(stored->outcome);
        if (const std::string reason = why_no_model(study, failures); !reason.empty())
            return {seed, nullptr, reason};
        SeedOutcome outcome = judge_and_draw(study, place, sweep.keep, is_first, progress);
        if (store != nullptr) store->put({asked, inputs, outcome});
        return outcome;
    } catch (const std::exception& failure) {
        return {seed, nullptr, failure.what()};
    }
}

// The provenance of a figure that shows several seeds.
figures::Provenance provenance_of_all(const std::vector<std::uint64_t>& seeds,
                                      const std::vector<std::string>& commits) {
    return {(seeds.size() > 1 ? "seeds " : "seed ") + describe_seeds(seeds),
            fmt::format("{}", fmt::join(commits, ", "))};
}

GridRun read_grid_run(const Config& config, const Paths& paths, const TrainingFailures& failures) {
    if (const auto failed = failures.find(run_name(config)); failed != failures.end())
        return {.seed = config.seed, .failure = failed->second};
    try {
        return grid_run(load_run(config, paths.run(config)));
    } catch (const std::exception& damaged) {
        return {.seed = config.seed, .failure = damaged.what()};
    }
}

} // namespace

bool gets_page(const SeedOutcome& outcome, const Keep& keep) {
    if (!outcome.failure.empty() || keep.pages == Pages::main_seed) return false;
    return keep.pages == Pages::all || !all_as_expected(outcome.document.at("claims"));
}

Sweep without_answered(const Sweep& sweep, const Paths& paths, SweepStore& store) {
    // A grid needs the runs of all its cells, and who keeps all runs wants them
    if (!sweep.drops_runs()) return sweep;
    Sweep left = sweep;
    std::erase_if(left.seeds, [&](std::uint64_t seed) {
        if (seed == sweep.study.config.seed) return false;
        const auto stored = store.find(asked_of(for_seed(sweep.study, seed)), seed);
        return stored && is_all_kept(stored->outcome, sweep.keep, paths);
    });
    return left;
}

std::vector<Sweep> parts_of(const Sweep& sweep, int threads) {
    if (!sweep.drops_runs()) return {sweep};
    const std::size_t size = 2 * static_cast<std::size_t>(std::max(threads, 1));
    std::vector<Sweep> parts;
    for (std::size_t first = 0; first < sweep.seeds.size(); first += size) {
        Sweep& part = parts.emplace_back(sweep);
        const std::size_t last = std::min(first + size, sweep.seeds.size());
        part.seeds.assign(sweep.seeds.begin() + static_cast<std::ptrdiff_t>(first),
                          sweep.seeds.begin() + static_cast<std::ptrdiff_t>(last));
        part.study.paper = sweep.study.paper && first == 0;
    }
    return parts;
}

std::vector<SeedOutcome> analyse_seeds(const Sweep& sweep, const Place& place,
                                       const TrainingFailures& failures, SweepStore* store) {
    const std::vector<std::uint64_t>& seeds = sweep.seeds;
    std::vector<SeedOutcome> outcomes(seeds.size());
    AnalysisProgress joint(seeds.size());
    const Place share{place.paths, std::max(1, place.threads / static_cast<int>(seeds.size()))};
    parallel_for(seeds.size(), place.threads, [&](std::size_t i) {
        outcomes[i] =
            analyse_seed(sweep, i, share, failures, store, [&](int done, int total, const std::string&) {
                joint.update(i, seeds[i], static_cast<double>(done) / (total + 1));
            });
        joint.update(i, seeds[i], 1);
    });
    return outcomes;
}

bool can_be_main(const SeedOutcome& outcome, const Study& study, const Paths& paths) {
    return outcome.failure.empty() && has_runs(for_seed(study, outcome.seed), paths);
}

Sweep with_main_seed(Sweep sweep, std::uint64_t seed) {
    const auto place = std::ranges::find(sweep.seeds, seed);
    std::rotate(sweep.seeds.begin(), place, place + 1);
    sweep.study.config.seed = seed;
    for (Config& cell : sweep.grid)
        cell.seed = seed;
    return sweep;
}

std::vector<GridCell> read_grid(const Sweep& sweep, const Paths& paths, const TrainingFailures& failures) {
    std::vector<GridCell> cells;
    if (sweep.grid.size() < 2) return cells;
    for (const Config& cell : sweep.grid) {
        cells.push_back({cell, {}});
        for (const std::uint64_t seed : sweep.seeds) {
            Config config = cell;
            config.seed = seed;
            cells.back().runs.push_back(read_grid_run(config, paths, failures));
        }
    }
    return cells;
}

void add_sweep(const Sweep& sweep, const Robustness& robustness, const std::vector<GridCell>& cells,
               const Place& place, Results& results) {
    const std::uint64_t main_seed = sweep.study.config.seed;
    results.facts["sweep"] = robustness_facts(robustness, main_seed);
    results.facts["grid"] = grid_facts(cells);
    const auto draw = [&](const std::vector<figures::Drawing>& drawings,
                          const std::vector<std::uint64_t>& seeds) {
        draw_figures(drawings, provenance_of_all(seeds, robustness.commits), place.paths.figures(main_seed),
                     place.threads, {}, results);
    };
    if (robustness.seeds.size() + robustness.failed.size() > 1) {
        for (const ClaimAcrossSeeds& claim : robustness.claims)
            results.by_seeds[claim.id] = {{"passed", claim.passed}, {"judged", claim.judged}};
        draw({figures::robustness_matrix("robustness", robustness),
              figures::robustness_values("robustness-values", robustness)},
             robustness.seeds);
    }
    if (cells.size() > 1) draw({figures::grokking_by_setting("grid", cells)}, sweep.seeds);
}

} // namespace grokreport
