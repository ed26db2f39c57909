// Several runs trained at once: one thread a run while there are runs enough, which uses the cores better
// than many threads on one; a thread that finds no run left helps with one that goes on.
#pragma once

#include "model/config.h"
#include "training/trainer.h"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace grokreport {

struct TrainingJob {
    Config config;
    std::filesystem::path folder;
};

// What a run costs, measured: a few epochs of it are trained on one thread and thrown away.
struct TrainingCost {
    double seconds_an_epoch = 0; // on one thread
    std::uintmax_t bytes = 0;    // of its folder, when finished; about
};
TrainingCost measure_cost(const Config& config);

// One line on everything that goes on.
struct ConcurrentProgress {
    double share = 0; // of all the work, by measured cost
    int finished = 0; // runs that ended, failed ones included
    std::string run;  // of the last news
    TrainingProgress news;
};

struct ConcurrentOptions {
    int threads = 1;
    bool retrain = false;         // forget what is there
    bool stop_at_failure = false; // or train the others to their end
    std::chrono::milliseconds save_every{20'000};
    std::function<void(const ConcurrentProgress&)> on_progress = [](const ConcurrentProgress&) {}; // one call at a time
};

// Trains each job (trainer.h); costs: one a job. Returns for each why it failed, or "". With
// options.stop_at_failure the first failure is thrown instead, and the other runs stop where they are.
std::vector<std::string> train_concurrently(std::span<const TrainingJob> jobs,
                                        std::span<const TrainingCost> costs, const ConcurrentOptions& options);

} // namespace grokreport
