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
    Tally(std::span<const TrainingJob> jobs, std::span<const TrainingCost> costs, const ConcurrentOptions& options)
        : jobs_(jobs), options_(options), done_(jobs.size(), 0), news_(jobs.size()) {
        for (std::size_t i = 0; i < jobs.size(); ++i)
            work_.push_back(costs[i].seconds_an_epoch * jobs[i].config.epochs);
    }

    void update(std::size_t job, const TrainingProgress& news) {
        const std::lock_guard lock(mutex_);
        done_[job] = static_cast<double>(news.epoch) / jobs_[job].config.epochs;
        news_[job] = news;
        tell(job);
    }

    void finish(std::size_t job) {
        const std::lock_guard lock(mutex_);
        ++finished_;
        done_[job] = 1;
        tell(job);
    }

    double left(std::size_t job) const { // seconds on one thread
        const std::lock_guard lock(mutex_);
        return (1 - done_[job]) * work_[job];
    }

  private:
    void tell(std::size_t job) const {
        double done = 0, all = 0;
        for (std::size_t i = 0; i < work_.size(); ++i) {
            done += done_[i] * work_[i];
            all += work_[i];
        }
        options_.on_progress({all > 0 ? done / all : 1, finished_, run_name(jobs_[job].config), news_[job]});
    }

    std::span<const TrainingJob> jobs_;
    const ConcurrentOptions& options_;
    std::vector<double> work_, done_;
    std::vector<TrainingProgress> news_; // the last of each
    int finished_ = 0;
    mutable std::mutex mutex_;
};

// Threads that each take the next run and train it, and that help with one that still goes on when there is
// none left.
class ConcurrentRuns {
  public:
    ConcurrentRuns(std::span<const TrainingJob> jobs, std::span<const TrainingCost> costs, const ConcurrentOptions& options)
        : jobs_(jobs),
          options_(options),
          tally_(jobs, costs, options),
          pools_(jobs.size()),
          failures_(jobs.size()) {}

    std::vector<std::string> train_all() {
        const int threads = std::max(options_.threads, 1);
        parallel_for(static_cast<std::size_t>(threads), threads, [&](std::size_t) { work(); });
        if (first_failure_ && options_.stop_at_failure) std::rethrow_exception(first_failure_);
        return failures_;
    }

  private:
    struct Stopped {}; // because another run failed

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
        while (const auto opening = neediest())
            opening->first->join(opening->second);
    }

    void train_job(std::size_t job, ThreadPool& pool) {
        TrainingOptions training;
        training.pool = &pool;
        training.retrain = options_.retrain;
        training.save_every = options_.save_every;
        training.on_progress = [&](const TrainingProgress& news) {
            if (is_stopped_) throw Stopped();
            tally_.update(job, news);
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
        tally_.finish(job);
    }

    // A place in the pool with most work left for each of its threads, of those with a free place.
    std::optional<std::pair<ThreadPool*, int>> neediest() {
        const std::lock_guard lock(mutex_);
        ThreadPool* found = nullptr;
        double most = 0;
        for (std::size_t job = 0; job < pools_.size(); ++job)
            if (ThreadPool* pool = pools_[job]; pool && pool->active() < pool->capacity())
                if (const double need = tally_.left(job) / pool->active(); !found || need > most) {
                    found = pool;
                    most = need;
                }
        if (!found) return {};
        return std::pair(found, found->reserve_place());
    }

    std::span<const TrainingJob> jobs_;
    const ConcurrentOptions& options_;
    Tally tally_;
    std::mutex mutex_; // of what follows, but for the failures, of which each has one writer
    std::size_t next_ = 0;
    std::vector<ThreadPool*> pools_; // of the runs that go on
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
    for (int i = 0; i <= epochs_to_time; ++i) { // the first, on cold caches, does not count
        const auto start = Clock::now();
        engine.loss_and_gradient(parameters, gradient);
        optimiser.step(parameters.flat(), gradient.flat());
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        if (i > 0) least = least == 0 ? seconds : std::min(least, seconds);
    }
    return {least, folder_size(config, parameters.flat().size(), parameters.specs().size())};
}

std::vector<std::string> train_concurrently(std::span<const TrainingJob> jobs,
                                        std::span<const TrainingCost> costs, const ConcurrentOptions& options) {
    return ConcurrentRuns(jobs, costs, options).train_all();
}

} // namespace grokreport
