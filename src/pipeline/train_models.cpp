#include "pipeline/train_models.h"

#include "base/error.h"
#include "base/files.h"
#include "base/numbers.h"
#include "base/progress.h"
#include "base/text.h"
#include "training/concurrent_runs.h"
#include "training/trainer.h"

#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <tuple>
#include <vector>

namespace grokreport {

namespace {

constexpr int progress_steps = 10'000; // of the joint bar

std::chrono::milliseconds save_every(const Options& options) {
    return std::chrono::milliseconds(std::lround(1000 * options.save_every));
}

std::vector<Config> all_runs(const Options& options) {
    std::vector<Config> runs;
    for (const std::uint64_t seed : options.seeds)
        for (const Variant variant : report_variants)
            runs.push_back(variant_of(for_seed(options, seed), variant));
    for (std::size_t cell = 1; cell < options.grid.size(); ++cell) // the first is the main one, above
        for (const std::uint64_t seed : options.seeds) {
            runs.push_back(options.grid[cell]);
            runs.back().seed = seed;
        }
    if (options.paper) runs.push_back(variant_of(options, Variant::paper));
    return runs;
}

std::vector<TrainingJob> missing(const Options& options, const std::vector<Config>& runs) {
    std::vector<TrainingJob> jobs;
    for (const Config& config : runs) {
        const auto folder = options.paths.run(config);
        if (options.retrain || !is_complete(config, folder)) jobs.push_back({config, folder});
    }
    return jobs;
}

// One a job; runs of the same sizes cost the same whatever their seed.
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
              std::size_t n_runs, const Options& options) {
    double seconds = 0, bytes = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        seconds += costs[i].seconds_an_epoch * jobs[i].config.epochs;
        bytes += static_cast<double>(costs[i].bytes);
    }
    fmt::print(stderr, "{} of {} trainings are missing: about {:.0f} min on {} threads, {:.0f} MB of disk\n",
               jobs.size(), n_runs, std::ceil(seconds / options.threads / 60), options.threads,
               std::ceil(bytes / 1e6));
}

TrainingFailures train_missing(const Options& options) {
    const std::vector<Config> runs = all_runs(options);
    const std::vector<TrainingJob> jobs = missing(options, runs);
    if (jobs.empty()) return {};
    const std::vector<TrainingCost> costs = costs_of(jobs);
    const bool is_one_report = options.seeds.size() == 1 && options.grid.size() <= 1;
    if (!is_one_report) announce(jobs, costs, runs.size(), options);

    Progress progress("training", 0, progress_steps, Progress::Shows::share);
    const auto show = [&](const ConcurrentProgress& at) {
        const bool all = at.finished == static_cast<int>(jobs.size());
        progress.update(all ? progress_steps : static_cast<int>((progress_steps - 1) * at.share),
                        fmt::format("{} of {} runs done; {} at epoch {}, test accuracy {}", at.finished,
                                    jobs.size(), at.run, format_count(at.news.epoch),
                                    format_percent(at.news.test_accuracy)));
    };
    const auto reasons = train_concurrently(jobs, costs,
                                        {.threads = options.threads,
                                         .retrain = options.retrain,
                                         .stop_at_failure = is_one_report,
                                         .save_every = save_every(options),
                                         .on_progress = show});
    TrainingFailures failures;
    for (std::size_t i = 0; i < jobs.size(); ++i)
        if (!reasons[i].empty()) failures.emplace(run_name(jobs[i].config), reasons[i]);
    for (const auto& [run, reason] : failures)
        fmt::print(stderr, "{} failed: {}\n", run, one_line(reason));
    return failures;
}

TrainingFailures unfinished(const Options& options) {
    TrainingFailures failures;
    for (const Config& config : all_runs(options))
        if (const auto folder = options.paths.run(config); !is_complete(config, folder))
            failures.emplace(
                run_name(config),
                fmt::format("{} {}", options.paths.relative(folder),
                            std::filesystem::exists(folder) ? "is not trained to its end" : "is not there"));
    return failures;
}

} // namespace

TrainingFailures train_models(const Options& options) {
    require_writable_folder(options.paths.report());
    if (options.gather) return unfinished(options);
    return train_missing(options);
}

} // namespace grokreport
