// Trains several runs at once. Each thread trains a run of its own while runs are left, which uses the cores
// better than several threads for one run; then it joins the thread pool of a run that still trains.
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

// The measured cost of a run.
struct TrainingCost {
    double seconds_an_epoch = 0; // on one thread
    std::uintmax_t bytes = 0;    // approximate size of the folder of the finished run
};
// Trains a few epochs on one thread and discards them.
TrainingCost measure_cost(const Config& config);

// The state of all runs after an epoch or the end of one of them.
struct ConcurrentProgress {
    double share = 0;        // done part of all the work, by measured cost: 0 to 1
    int finished = 0;        // number of runs that ended, failed ones included
    std::string run;         // name of that run
    TrainingProgress latest; // of that run
};

struct ConcurrentOptions {
    int threads = 1;
    bool retrain = false;         // delete what is in the folders first
    bool stop_at_failure = false; // else the other runs go on
    std::chrono::milliseconds save_every{20'000};
    std::function<void(const ConcurrentProgress&)> on_progress = [](const ConcurrentProgress&) {
    }; // never called by two threads at once
};

// Trains each job (trainer.h). costs: one for each job. Returns for each job the reason of its failure, or
// "". With options.stop_at_failure it throws the first failure instead, and the other runs stop after their
// current epoch.
std::vector<std::string> train_concurrently(std::span<const TrainingJob> jobs,
                                            std::span<const TrainingCost> costs,
                                            const ConcurrentOptions& options);

} // namespace grokreport
