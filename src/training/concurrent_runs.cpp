#include "training/concurrent_runs.h"

#include "base/parallel_for.h"
#include "model/dataset.h"
#include "model/parameters.h"
#include "training/adamw.h"
#include "training/engine.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace grokreport {

namespace {

constexpr int epochs_to_time = 5;
constexpr std::uintmax_t bytes_a_metric = 20; // of a double with enough digits to read it back exactly

std::uintmax_t folder_size(const Config& config, std::size_t n_values, std::size_t n_parameters) {
    std::uintmax_t rows = 0;
    for (int epoch = 0; epoch <= config.epochs; ++epoch)
        rows += is_evaluated(config, epoch) ? 1 : 0;
    const std::uintmax_t checkpoints =
        snapshot_epochs(config).size() + 1; // one more for the memorising model
    return checkpoints * n_values * sizeof(float) + rows * (5 + n_parameters) * bytes_a_metric;
}

// Adds up the progress of all jobs and reports it to options.on_progress.
class ProgressTracker {
  public:
    ProgressTracker(std::span<const TrainingJob> jobs, std::span<const TrainingCost> costs,
                    const ConcurrentOptions& options)
        : jobs_(jobs), options_(options), done_(jobs.size(), 0), latest_(jobs.size()) {
        for (std::size_t i = 0; i < jobs.size(); ++i)
            work_.push_back(costs[i].seconds_an_epoch * jobs[i].config.epochs);
    }

    void update(std::size_t job, const TrainingProgress& progress) {
        const std::lock_guard lock(mutex_);
        done_[job] = static_cast<double>(progress.epoch) / jobs_[job].config.epochs;
        latest_[job] = progress;
        report(job);
    }

    void finish(std::size_t job) {
        const std::lock_guard lock(mutex_);
        ++finished_;
        done_[job] = 1;
        report(job);
    }

    double seconds_left(std::size_t job) const { // on one thread
        const std::lock_guard lock(mutex_);
        return (1 - done_[job]) * work_[job];
    }

  private:
    void report(std::size_t job) const {
        double done = 0, all = 0;
        for (std::size_t i = 0; i < work_.size(); ++i) {
            done += done_[i] * work_[i];
            all += work_[i];
        }
        options_.on_progress(
            {all > 0 ? done / all : 1, finished_, run_name(jobs_[job].config), latest_[job]});
    }

    std::span<const TrainingJob> jobs_;
    const ConcurrentOptions& options_;
    std::vector<double> work_, done_;      // seconds on one thread; done part, 0 to 1
    std::vector<TrainingProgress> latest_; // of each job
    int finished_ = 0;
    mutable std::mutex mutex_;
};

// Each thread trains the next run until none is left. Then it joins the pool with most work left.
class ConcurrentRuns {
  public:
    ConcurrentRuns(std::span<const TrainingJob> jobs, std::span<const TrainingCost> costs,
                   const ConcurrentOptions& options)
        : jobs_(jobs),
          options_(options),
          tracker_(jobs, costs, options),
          pools_(jobs.size()),
          failures_(jobs.size()) {}

    std::vector<std::string> train_all() {
        const int threads = std::max(options_.threads, 1);
        parallel_for(static_cast<std::size_t>(threads), threads, [&](std::size_t) { work(); });
        if (first_failure_ && options_.stop_at_failure) std::rethrow_exception(first_failure_);
        return failures_;
    }

  private:
    struct Stopped {}; // thrown by a run when another one has failed

    void work() {
        while (true) {
            ThreadPool pool(1, options_.threads);
            std::size_t job = 0;
            {
                const std::lock_guard lock(mutex_);
                if (next_ == jobs_.size()) break;
                job = next_++;
                pools_[job] = &pool;
            }
            train_job(job, pool);
            const std::lock_guard lock(mutex_);
            pools_[job] = nullptr;
        }
        while (const auto reserved = reserve_place_in_largest_run())
            reserved->first->join(reserved->second);
    }

    void train_job(std::size_t job, ThreadPool& pool) {
        TrainingOptions training;
        training.pool = &pool;
        training.retrain = options_.retrain;
        training.save_every = options_.save_every;
        training.on_progress = [&](const TrainingProgress& progress) {
            if (is_stopped_) throw Stopped();
            tracker_.update(job, progress);
        };
        try {
            if (!is_stopped_) train(jobs_[job].config, jobs_[job].folder, training);
        } catch (const Stopped&) {
            return;
        } catch (const std::exception& failure) {
            failures_[job] = failure.what();
            const std::lock_guard lock(mutex_);
            if (!first_failure_) first_failure_ = std::current_exception();
            is_stopped_ = options_.stop_at_failure;
        }
        tracker_.finish(job);
    }

    // A place in the pool that has most work left for each of its threads. None where no pool has a free
    // place.
    std::optional<std::pair<ThreadPool*, int>> reserve_place_in_largest_run() {
        const std::lock_guard lock(mutex_);
        ThreadPool* found = nullptr;
        double most = 0;
        for (std::size_t job = 0; job < pools_.size(); ++job)
            if (ThreadPool* pool = pools_[job]; pool && pool->active() < pool->capacity())
                if (const double left = tracker_.seconds_left(job) / pool->active(); !found || left > most) {
                    found = pool;
                    most = left;
                }
        if (!found) return {};
        return std::pair(found, found->reserve_place());
    }

    std::span<const TrainingJob> jobs_;
    const ConcurrentOptions& options_;
    ProgressTracker tracker_;
    std::mutex mutex_; // guards the members below but failures_, whose elements have one writer each
    std::size_t next_ = 0;
    std::vector<ThreadPool*> pools_; // null where the run has not begun or has ended
    std::exception_ptr first_failure_;
    std::vector<std::string> failures_;
    std::atomic<bool> is_stopped_ = false;
};

} // namespace

TrainingCost measure_cost(const Config& config) {
    const Split split = split_pairs(config);
    ThreadPool alone(1);
    Engine engine(config, split.train, alone);
    Parameters parameters = initial_parameters(config), gradient(config);
    AdamW optimiser(config, parameters.flat().size(), alone);
    using Clock = std::chrono::steady_clock;
    double least = 0;
    for (int i = 0; i <= epochs_to_time; ++i) { // the first epoch, with cold caches, is not timed
        const auto start = Clock::now();
        engine.loss_and_gradient(parameters, gradient);
        optimiser.step(parameters.flat(), gradient.flat());
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        if (i > 0) least = least == 0 ? seconds : std::min(least, seconds);
    }
    return {least, folder_size(config, parameters.flat().size(), parameters.specs().size())};
}

std::vector<std::string> train_concurrently(std::span<const TrainingJob> jobs,
                                            std::span<const TrainingCost> costs,
                                            const ConcurrentOptions& options) {
    return ConcurrentRuns(jobs, costs, options).train_all();
}

} // namespace grokreport
