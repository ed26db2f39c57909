#include "training/together.h"

#include "base/workers.h"
#include "dataset.h"
#include "parameters.h"
#include "training/adamw.h"
#include "training/engine.h"

#include <algorithm>
#include <mutex>

namespace grokreport {

namespace {

constexpr int epochs_to_time = 5;
constexpr std::uintmax_t bytes_a_metric = 20; // a double, written so that it reads back exactly

std::uintmax_t folder_size(const Config& config, std::size_t n_values, std::size_t n_parameters) {
    std::uintmax_t rows = 0;
    for (int epoch = 0; epoch <= config.epochs; ++epoch)
        rows += is_evaluated(config, epoch) ? 1 : 0;
    const std::uintmax_t checkpoints = snapshot_epochs(config).size() + 1; // and the memorising model
    return checkpoints * n_values * sizeof(float) + rows * (5 + n_parameters) * bytes_a_metric;
}

// The shares of the jobs that are done, told to one listener.
class Tally {
  public:
    Tally(std::span<const TrainingJob> jobs, std::span<const TrainingCost> costs, const JointOptions& options)
        : jobs_(jobs), options_(options), done_(jobs.size(), 0) {
        for (std::size_t i = 0; i < jobs.size(); ++i)
            work_.push_back(costs[i].seconds_an_epoch * jobs[i].config.epochs);
    }

    void update(std::size_t job, const TrainingProgress& news) {
        const std::lock_guard lock(mutex_);
        done_[job] = static_cast<double>(news.epoch) / jobs_[job].config.epochs;
        tell(job, news);
    }

    void finish(std::size_t job) {
        const std::lock_guard lock(mutex_);
        ++finished_;
        done_[job] = 1;
        tell(job, {.epoch = jobs_[job].config.epochs});
    }

  private:
    void tell(std::size_t job, const TrainingProgress& news) const {
        double done = 0, all = 0;
        for (std::size_t i = 0; i < work_.size(); ++i) {
            done += done_[i] * work_[i];
            all += work_[i];
        }
        options_.on_progress({all > 0 ? done / all : 1, finished_, run_name(jobs_[job].config), news});
    }

    std::span<const TrainingJob> jobs_;
    const JointOptions& options_;
    std::vector<double> work_, done_;
    int finished_ = 0;
    std::mutex mutex_;
};

} // namespace

TrainingCost measure_cost(const Config& config) {
    const Split split = split_pairs(config);
    Team alone(1);
    Engine engine(config, split.train, alone);
    Parameters parameters = initial_parameters(config), gradient(config);
    AdamW optimiser(config, parameters.flat().size(), alone);
    using Clock = std::chrono::steady_clock;
    double least = 0;
    for (int i = 0; i <= epochs_to_time; ++i) { // the first, on cold caches, does not count
        const auto start = Clock::now();
        engine.loss_and_gradient(parameters, gradient);
        optimiser.step(parameters.flat(), gradient.flat());
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        if (i > 0) least = least == 0 ? seconds : std::min(least, seconds);
    }
    return {least, folder_size(config, parameters.flat().size(), parameters.specs().size())};
}

std::vector<std::string> train_together(std::span<const TrainingJob> jobs,
                                        std::span<const TrainingCost> costs, const JointOptions& options) {
    std::vector<std::string> failures(jobs.size());
    Tally tally(jobs, costs, options);
    const int n_jobs = std::max(1, static_cast<int>(jobs.size()));
    share_out(jobs.size(), options.threads, [&](std::size_t i) {
        TrainingOptions training;
        training.threads = std::max(1, options.threads / n_jobs);
        training.retrain = options.retrain;
        training.save_every = options.save_every;
        training.on_progress = [&tally, i](const TrainingProgress& news) { tally.update(i, news); };
        try {
            train(jobs[i].config, jobs[i].folder, training);
        } catch (const std::exception& failure) {
            failures[i] = failure.what();
        }
        tally.finish(i);
    });
    return failures;
}

} // namespace grokreport
