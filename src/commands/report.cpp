#include "commands/report.h"

#include "base/files.h"
#include "base/folder_lock.h"
#include "base/json.h"
#include "base/parallel_for.h"
#include "base/text.h"
#include "claims/across_seeds.h"
#include "claims/check_rows.h"
#include "claims/junit.h"
#include "claims/robustness_table.h"
#include "claims/sweep_store.h"
#include "commands/output.h"
#include "pipeline/kept_seeds.h"
#include "pipeline/programs.h"
#include "pipeline/seed_report.h"
#include "pipeline/sweep.h"
#include "render/page.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <optional>

namespace grokreport {

namespace {

TrainingFailures train_or_gather(const ReportRequest& request, const TrainRequest& training) {
    return request.gather ? unfinished_models(training.sweep, training.place.paths) : train_models(training);
}

// Renders before a result is written, so a mistake in a template leaves the last good report. The formulas of
// the main page alone are kept, since few render the others again.
void write_results(std::uint64_t seed, const Paths& paths, const Results& results,
                   const std::filesystem::path& page) {
    const RenderOptions options{.formulas_cache = page == paths.index() ? paths.formulas_cache(seed)
                                                                        : std::filesystem::path()};
    const std::string html = render_report(results, paths, options);
    save_results(paths.results(seed), results);
    write_page(page, html);
    remove_other_figures(paths.figures(seed), results);
}

// The page of a seed that is not the main one shows nothing of the others. Where its runs were dropped, it is
// written from what it showed before.
void write_seed_page(const Study& study, const Place& place, const Json& claims) {
    const std::uint64_t seed = study.config.seed;
    if (!has_runs(study, place.paths))
        if (const auto stored = results_of_page(seed, place.paths, claims))
            return write_page(place.paths.seed_page(seed), render_report(*stored, place.paths, {}));
    Results results = report_on_seed(study, place);
    add_sweep({.study = study}, {}, {}, place, results);
    write_results(seed, place.paths, results, place.paths.seed_page(seed));
}

// The pages of some seeds, several at once.
void write_seed_pages(const Sweep& sweep, const Place& place, const std::vector<SeedOutcome>& outcomes) {
    parallel_for_each(outcomes, place.threads, [&](const SeedOutcome& outcome) {
        write_seed_page(for_seed(sweep.study, outcome.seed), place, outcome.document);
    });
}

// The seeds of a sweep, part by part: trained, analysed, their pages written, and their runs dropped.
class SweepWork {
  public:
    explicit SweepWork(const ReportRequest& request)
        : request_(request), place_(request.training.place), store_(place_.paths.sweep_store()) {}

    void do_all() {
        const Sweep& sweep = request_.training.sweep;
        TrainRequest all = request_.training;
        all.drops_runs = sweep.drops_runs();
        if (!all.retrain) all.sweep = without_answered(sweep, place_.paths, store_);
        if (!request_.gather) announce_training(all);
        to_train_ = all.sweep.seeds;
        for (const Sweep& part : parts_of(sweep, place_.threads))
            do_part(part);
    }

    // The first seed that can be shown. Throws Error, which ends with `mend`, where none can.
    std::uint64_t main_seed(const std::string& mend) const {
        if (main_seed_) return *main_seed_;
        throw Error(
            fmt::format("no seed can be shown; seed {}: {}", outcomes.front().seed, outcomes.front().failure),
            mend);
    }

    std::vector<SeedOutcome> outcomes;
    TrainingFailures failures;

  private:
    void do_part(const Sweep& part) {
        TrainRequest training = request_.training;
        training.sweep = part;
        std::erase_if(training.sweep.seeds,
                      [&](std::uint64_t seed) { return !std::ranges::count(to_train_, seed); });
        training.is_part = true;
        failures.merge(train_or_gather(request_, training));
        std::vector<SeedOutcome> done = analyse_seeds(part, place_, failures, &store_);
        for (const SeedOutcome& outcome : done)
            if (!main_seed_ && can_be_main(outcome, part.study, place_.paths)) main_seed_ = outcome.seed;
        std::vector<SeedOutcome> with_page;
        for (const SeedOutcome& outcome : done)
            if (outcome.seed != main_seed_ && gets_page(outcome, part.keep)) with_page.push_back(outcome);
        write_seed_pages(request_.training.sweep, place_, with_page);
        if (request_.training.sweep.drops_runs())
            for (const SeedOutcome& outcome : done)
                if (outcome.seed != main_seed_ && outcome.failure.empty())
                    drop_runs(for_seed(part.study, outcome.seed), place_.paths);
        std::ranges::move(done, std::back_inserter(outcomes));
    }

    const ReportRequest& request_;
    const Place& place_;
    SweepStore store_;
    std::vector<std::uint64_t> to_train_; // the seeds that are not answered yet
    std::optional<std::uint64_t> main_seed_;
};

std::vector<CheckRow> rows_of_all(const std::vector<SeedOutcome>& outcomes) {
    std::vector<CheckRow> all;
    for (const SeedOutcome& outcome : outcomes)
        if (outcome.failure.empty()) {
            const std::vector<CheckRow> rows = check_rows(outcome.document, "");
            all.insert(all.end(), rows.begin(), rows.end());
        }
    return all;
}

void write_documents(const Sweep& sweep, const Paths& paths, const Results& results,
                     const std::vector<SeedOutcome>& outcomes, const Robustness& robustness,
                     const std::vector<GridCell>& cells) {
    write_file(paths.claims(), results.claims.dump(2) + "\n");
    write_file(paths.junit(), junit_xml(results.claims));
    write_file(paths.claims_csv(), to_csv_with_metrics(check_rows(results.claims, ""), results.claims));
    if (sweep.seeds.size() > 1) {
        Json document = to_json(robustness);
        document["config"] = to_json(sweep.study.config);
        write_file(paths.robustness(), document.dump(2) + "\n");
        write_file(paths.robustness_table(), robustness_table(robustness, results.claims));
        write_file(paths.claims_by_seed(), to_csv(rows_of_all(outcomes)));
    }
    if (sweep.grid.size() > 1) write_file(paths.grid(), to_json(cells).dump(2) + "\n");
}

void print_robustness(const Robustness& robustness) {
    for (const SeedOutcome& outcome : robustness.failed)
        fmt::print("seed {} failed: {}\n", outcome.seed, one_line(outcome.failure));
    for (const ClaimAcrossSeeds& claim : robustness.claims)
        fmt::print("{:>4} of {:<4} seeds pass {}\n", claim.passed, claim.judged, claim.id);
}

} // namespace

ReportOutcome write_report(const ReportRequest& request) {
    const Sweep& asked = request.training.sweep;
    const Place& place = request.training.place;
    const Paths& paths = place.paths;
    require_programs();
    require_writable_folder(paths.report());
    const bool is_sweep = asked.seeds.size() > 1;
    TrainingFailures failures;
    if (!is_sweep) failures = train_or_gather(request, request.training);
    const FolderLock lock(paths.report());
    remove_temporary_files(paths.report());
    remove_temporary_files(paths.seed_page(asked.study.config.seed).parent_path());

    const char* const mend = request.gather
                                 ? "`grokreport prepare` trains them, as does this command without --gather"
                                 : "mend what it names, or choose other seeds";
    // Each seed alone
    std::vector<SeedOutcome> outcomes;
    Sweep sweep = asked;
    if (is_sweep) {
        SweepWork work(request);
        work.do_all();
        sweep = with_main_seed(asked, work.main_seed(mend));
        outcomes = std::move(work.outcomes);
        failures = std::move(work.failures);
    }
    const std::uint64_t main_seed = sweep.study.config.seed;
    Results results = report_on_seed(sweep.study, place);
    if (outcomes.empty()) outcomes = {{main_seed, results.claims, "", results.data_commit}};
    std::stable_partition(outcomes.begin(), outcomes.end(),
                          [&](const SeedOutcome& outcome) { return outcome.seed == main_seed; });

    // All seeds and settings together
    const Robustness robustness = robustness_of(outcomes);
    const std::vector<GridCell> cells = read_grid(sweep, paths, failures);
    add_sweep(sweep, robustness, cells, place, results);

    std::filesystem::remove(paths.seed_page(main_seed)); // of an earlier sweep: the results are no longer its
    write_results(main_seed, paths, results, paths.index());
    write_documents(sweep, paths, results, outcomes, robustness, cells);
    print_verdicts(results.claims["claims"]);
    if (sweep.seeds.size() > 1) print_robustness(robustness);
    return {.as_expected = all_as_expected(results.claims["claims"]),
            .all_trained = failures.empty() && robustness.failed.empty()};
}

} // namespace grokreport
