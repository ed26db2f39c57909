// Trains one run to its last epoch, or goes on from where it was cut off, and leaves in its folder
// (paths.h) config.json, pairs.csv, metrics.csv, the snapshots, who trained it (record.h), checksums
// (checksums.h) and, while it is unfinished, what resuming needs. A run that was killed and resumed ends with
// the same bits as one that was not.
#pragma once

#include "base/thread_pool.h"
#include "model/config.h"
#include "runs/metrics.h"
#include "runs/record.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>

namespace grokreport {

struct TrainingProgress {
    int epoch = 0;       // done so far
    int first_epoch = 0; // where this process began
    double train_loss = 0;
    double test_accuracy = 0;
};

struct TrainingOptions {
    int threads = 1;
    ThreadPool* pool = nullptr;                         // who works, instead of so many threads of its own
    bool retrain = false;                         // forget what is there
    std::chrono::milliseconds save_every{20'000}; // at most this much work is lost by a kill
    std::function<void(const TrainingProgress&)> on_progress = [](const TrainingProgress&) {};
};

// Returns without work where the run is complete. Throws Error when the folder cannot be written, when a file
// in it is damaged or another process trains it (named; trained anew only with options.retrain), or when the
// loss is no longer finite (naming the epoch and the last snapshot).
void train(const Config& config, const std::filesystem::path& folder, const TrainingOptions& options);

// Whether every file of a finished run is there. Does not look inside them.
bool is_complete(const Config& config, const std::filesystem::path& folder);

// A finished run as the analyses need it.
struct TrainedRun {
    Config config;
    std::filesystem::path folder;
    Metrics metrics;
    std::optional<int>
        memorised_epoch; // first evaluated epoch with 100 % train accuracy; its weights are kept
    TrainingRecord record = nullptr;
};

// Throws Error where the run is not complete or a file of it is damaged (checksums.h).
TrainedRun load_run(const Config& config, const std::filesystem::path& folder);

} // namespace grokreport
