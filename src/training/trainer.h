// Trains one run to its last epoch. It resumes a run that was interrupted. A run that was killed and resumed
// ends with the same bits as one that was not. A finished run is read with runs/trained_run.h.
#pragma once

#include "base/thread_pool.h"
#include "model/config.h"
#include "runs/trained_run.h"

#include <chrono>
#include <filesystem>
#include <functional>

namespace grokreport {

struct TrainingProgress {
    int epoch = 0;            // done so far
    int first_epoch = 0;      // the epoch at which this process began
    double train_loss = 0;    // nats
    double test_accuracy = 0; // at the last evaluated epoch
};

struct TrainingOptions {
    int threads = 1;
    ThreadPool* pool = nullptr;                   // used instead of `threads` new threads where it is given
    bool retrain = false;                         // delete what is in the folder first
    std::chrono::milliseconds save_every{20'000}; // a kill loses at most this much work
    std::function<void(const TrainingProgress&)> on_progress = [](const TrainingProgress&) {};
};

// Leaves in `folder` (file names in runs/paths.h): the config, the split, the curves, the snapshots, the
// record of the training (runs/record.h), checksums (runs/checksums.h) and, while the run is unfinished, the
// resume file. Returns without work where the run is complete.
//
// Throws Error where the folder cannot be written, where a file in it is damaged (named; only options.retrain
// trains it anew), where another process trains the run, and where the loss is no longer finite (with the
// epoch and the last snapshot).
void train(const Config& config, const std::filesystem::path& folder, const TrainingOptions& options);

} // namespace grokreport
