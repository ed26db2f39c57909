#include "pipeline/train_models.h"

#include "base/files.h"
#include "base/kernel_file.h"
#include "base/numbers.h"
#include "base/progress.h"
#include "base/text.h"
#include "pipeline/needs.h"
#include "runs/trained_run.h"
#include "training/concurrent_runs.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <string>
#include <tuple>
#include <vector>

namespace grokreport {

namespace {

constexpr int progress_steps = 10'000;
constexpr double kept_share = 0.25; // of the bytes of a seed's runs, where a sweep drops them (kept_seeds.h)

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

// The largest memory that this process has had so far, in bytes. Not of getrusage(), which knows the peak of
// the program that started this one too.
double peak_memory() {
    return 1024 * number_after("VmHWM:", "/proc/self/status").value_or(0);
}

Needs needs_of(const TrainRequest& request, const std::vector<TrainingJob>& jobs,
               const std::vector<TrainingCost>& costs) {
    const int threads = request.place.threads;
    Needs needs;
    double analyses = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        needs.seconds += costs[i].seconds_an_epoch * jobs[i].config.epochs / threads;
        needs.disk += static_cast<double>(costs[i].bytes);
        analyses = std::max(analyses, analysis_memory(jobs[i].config, threads));
    }
    if (request.drops_runs) needs.disk *= kept_share;
    // The measured epochs held one run at a time
    const auto at_once =
        static_cast<double>(std::min<std::size_t>(jobs.size(), static_cast<std::size_t>(threads)));
    needs.memory = std::max(analyses, at_once * peak_memory());
    return needs;
}

TrainingFailures train_jobs(const TrainRequest& request, const std::vector<TrainingJob>& jobs) {
    const int threads = request.place.threads;
    const std::vector<TrainingCost> costs = costs_of(jobs);
    const bool is_one_report =
        request.sweep.seeds.size() == 1 && request.sweep.grid.size() <= 1 && !request.is_part;
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

void announce_training(const TrainRequest& request) {
    const Place& place = request.place;
    require_writable_folder(place.paths.report());
    const std::vector<Config> runs = all_runs(request.sweep);
    const std::vector<TrainingJob> jobs = missing_jobs(request, runs);
    if (jobs.empty()) return;
    const Room room = room_for(place.paths.report());
    const Study& study = request.sweep.study;
    require_room({.memory = analysis_memory(study.config, place.threads)}, room, study, place.threads);
    const Needs needs = needs_of(request, jobs, costs_of(jobs));
    fmt::print(stderr, "{} of {} trainings are missing: {}\n", jobs.size(), runs.size(),
               to_text(needs, place.threads));
    require_room(needs, room, study, place.threads);
}

TrainingFailures train_models(const TrainRequest& request) {
    if (!request.is_part) announce_training(request);
    const std::vector<TrainingJob> jobs = missing_jobs(request, all_runs(request.sweep));
    return jobs.empty() ? TrainingFailures{} : train_jobs(request, jobs);
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
