#include "train_models.h"

#include "base/error.h"
#include "base/files.h"
#include "base/numbers.h"
#include "base/progress.h"
#include "training/together.h"
#include "training/trainer.h"

#include <array>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <vector>

namespace grokreport {

namespace {

constexpr std::array variants{Variant::relu, Variant::linear, Variant::frozen};
constexpr int progress_steps = 10'000; // of the joint bar

std::chrono::milliseconds save_every(const Options& options) {
    return std::chrono::milliseconds(std::lround(1000 * options.save_every));
}

void train_one(const Options& options, Variant variant) {
    const Config config = variant_of(options, variant);
    std::optional<Progress> progress;
    TrainingOptions training;
    training.threads = options.threads;
    training.retrain = options.retrain;
    training.save_every = save_every(options);
    training.on_progress = [&](const TrainingProgress& at) {
        if (!progress) progress.emplace("training " + to_string(variant), at.first_epoch, config.epochs);
        progress->update(at.epoch, fmt::format("train loss {:.2e}, test accuracy {}", at.train_loss,
                                               format_percent(at.test_accuracy)));
    };
    train(config, options.paths.run(config), training);
}

std::vector<TrainingJob> missing(const Options& options) {
    std::vector<TrainingJob> jobs;
    for (const std::uint64_t seed : options.seeds)
        for (const Variant variant : variants) {
            const Config config = variant_of(for_seed(options, seed), variant);
            const auto folder = options.paths.run(config);
            if (options.retrain) std::filesystem::remove_all(folder);
            if (!is_complete(config, folder)) jobs.push_back({config, folder});
        }
    return jobs;
}

// One a job; runs of one variant cost the same whatever their seed.
std::vector<TrainingCost> costs_of(const std::vector<TrainingJob>& jobs) {
    std::map<Variant, TrainingCost> measured;
    std::vector<TrainingCost> costs;
    for (const TrainingJob& job : jobs) {
        const auto known = measured.find(job.config.variant);
        costs.push_back(known != measured.end()
                            ? known->second
                            : measured.emplace(job.config.variant, measure_cost(job.config)).first->second);
    }
    return costs;
}

void announce(const std::vector<TrainingJob>& jobs, const std::vector<TrainingCost>& costs,
              const Options& options) {
    double seconds = 0, bytes = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        seconds += costs[i].seconds_an_epoch * jobs[i].config.epochs;
        bytes += static_cast<double>(costs[i].bytes);
    }
    fmt::print(stderr, "{} of {} trainings are missing: about {:.0f} min on {} threads, {:.0f} MB of disk\n",
               jobs.size(), options.seeds.size() * variants.size(), std::ceil(seconds / options.threads / 60),
               options.threads, std::ceil(bytes / 1e6));
}

std::map<std::uint64_t, std::string> train_several(const Options& options) {
    const std::vector<TrainingJob> jobs = missing(options);
    std::map<std::uint64_t, std::string> failed;
    if (jobs.empty()) return failed;
    const std::vector<TrainingCost> costs = costs_of(jobs);
    announce(jobs, costs, options);

    Progress progress("training", 0, progress_steps, Progress::Shows::share);
    const auto show = [&](const JointProgress& at) {
        progress.update(static_cast<int>(std::lround(progress_steps * at.share)),
                        fmt::format("{} of {} runs done; {} at epoch {}", at.finished, jobs.size(), at.run,
                                    format_count(at.news.epoch)));
    };
    const auto failures = train_together(jobs, costs,
                                         {.threads = options.threads,
                                          .save_every = save_every(options),

                                          .on_progress = show});
    for (std::size_t i = 0; i < jobs.size(); ++i)
        if (!failures[i].empty()) failed.emplace(jobs[i].config.seed, failures[i]);
    for (const auto& [seed, reason] : failed)
        fmt::print(stderr, "seed {} failed: {}\n", seed, reason);
    return failed;
}

} // namespace

std::map<std::uint64_t, std::string> train_models(const Options& options) {
    require_writable_folder(options.paths.report());
    if (options.seeds.size() > 1) return train_several(options);
    for (const Variant variant : variants)
        train_one(options, variant);
    return {};
}

} // namespace grokreport
