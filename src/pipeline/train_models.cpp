#include "pipeline/train_models.h"

#include "base/files.h"
#include "base/numbers.h"
#include "base/progress.h"
#include "base/text.h"
#include "runs/trained_run.h"
#include "training/concurrent_runs.h"

#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <tuple>
#include <vector>

namespace grokreport {

namespace {

constexpr int progress_steps = 10'000;

std::vector<Config> all_runs(const Sweep& sweep) {
    std::vector<Config> runs;
    for (const std::uint64_t seed : sweep.seeds)
        for (const Variant variant : report_variants)
            runs.push_back(variant_of(for_seed(sweep.study, seed), variant));
    for (std::size_t cell = 1; cell < sweep.grid.size(); ++cell) // the first is the main one, above
        for (const std::uint64_t seed : sweep.seeds) {
            runs.push_back(sweep.grid[cell]);
            runs.back().seed = seed;
        }
    if (sweep.study.paper) runs.push_back(variant_of(sweep.study, Variant::paper));
    return runs;
}

std::vector<TrainingJob> missing_jobs(const TrainRequest& request, const std::vector<Config>& runs) {
    std::vector<TrainingJob> jobs;
    for (const Config& config : runs) {
        const auto folder = request.place.paths.run(config);
        if (request.retrain || !is_complete(config, folder)) jobs.push_back({config, folder});
    }
    return jobs;
}

// The cost of each job. Runs of the same sizes cost the same, so one of them is measured.
std::vector<TrainingCost> costs_of(const std::vector<TrainingJob>& jobs) {
    std::map<std::tuple<Variant, int, double>, TrainingCost> measured;
    std::vector<TrainingCost> costs;
    for (const TrainingJob& job : jobs) {
        const std::tuple sizes(job.config.variant, job.config.p, job.config.train_fraction);
        const auto known = measured.find(sizes);
        costs.push_back(known != measured.end()
                            ? known->second
                            : measured.emplace(sizes, measure_cost(job.config)).first->second);
    }
    return costs;
}

void announce(const std::vector<TrainingJob>& jobs, const std::vector<TrainingCost>& costs,
              std::size_t n_runs, int threads) {
    double seconds = 0, bytes = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        seconds += costs[i].seconds_an_epoch * jobs[i].config.epochs;
        bytes += static_cast<double>(costs[i].bytes);
    }
    fmt::print(stderr, "{} of {} trainings are missing: about {:.0f} min on {} threads, {:.0f} MB of disk\n",
               jobs.size(), n_runs, std::ceil(seconds / threads / 60), threads, std::ceil(bytes / 1e6));
}

TrainingFailures train_jobs(const TrainRequest& request, const std::vector<TrainingJob>& jobs,
                            std::size_t n_runs) {
    const int threads = request.place.threads;
    const std::vector<TrainingCost> costs = costs_of(jobs);
    const bool is_one_report = request.sweep.seeds.size() == 1 && request.sweep.grid.size() <= 1;
    if (!is_one_report) announce(jobs, costs, n_runs, threads);

    Progress progress("training", 0, progress_steps, Progress::Shows::share);
    const auto show = [&](const ConcurrentProgress& at) {
        const bool all = at.finished == static_cast<int>(jobs.size());
        progress.update(all ? progress_steps : static_cast<int>((progress_steps - 1) * at.share),
                        fmt::format("{} of {} runs done; {} at epoch {}, test accuracy {}", at.finished,
                                    jobs.size(), at.run, format_count(at.latest.epoch),
                                    format_percent(at.latest.test_accuracy)));
    };
    const auto reasons = train_concurrently(jobs, costs,
                                            {.threads = threads,
                                             .retrain = request.retrain,
                                             .stop_at_failure = is_one_report,
                                             .save_every = request.save_every,
                                             .on_progress = show});
    TrainingFailures failures;
    for (std::size_t i = 0; i < jobs.size(); ++i)
        if (!reasons[i].empty()) failures.emplace(run_name(jobs[i].config), reasons[i]);
    for (const auto& [run, reason] : failures)
        fmt::print(stderr, "{} failed: {}\n", run, one_line(reason));
    return failures;
}

} // namespace

TrainingFailures train_models(const TrainRequest& request) {
    require_writable_folder(request.place.paths.report());
    const std::vector<Config> runs = all_runs(request.sweep);
    const std::vector<TrainingJob> jobs = missing_jobs(request, runs);
    return jobs.empty() ? TrainingFailures{} : train_jobs(request, jobs, runs.size());
}

TrainingFailures unfinished_models(const Sweep& sweep, const Paths& paths) {
    TrainingFailures failures;
    for (const Config& config : all_runs(sweep))
        if (const auto folder = paths.run(config); !is_complete(config, folder))
            failures.emplace(
                run_name(config),
                fmt::format("{} {}", paths.relative(folder),
                            std::filesystem::exists(folder) ? "is not trained to its end" : "is not there"));
    return failures;
}

} // namespace grokreport
