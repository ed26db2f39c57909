// Reads a finished training run from its folder (paths.h).
#pragma once

#include "model/config.h"
#include "runs/metrics.h"
#include "runs/record.h"

#include <filesystem>
#include <optional>

namespace grokreport {

// What the user can do about a damaged file of a run.
inline constexpr const char* retrain_mend = "train the run anew with --retrain";

struct TrainedRun {
    Config config;
    std::filesystem::path folder;
    Metrics metrics;
    std::optional<int> memorised_epoch; // first evaluated epoch with 100 % train accuracy (memorised_file)
    TrainingRecord record = nullptr;
};

// Whether every file of a finished run is there. Does not read them.
bool is_complete(const Config& config, const std::filesystem::path& folder);

// Throws Error where the run is not complete or a file of it is damaged (checksums.h).
TrainedRun load_run(const Config& config, const std::filesystem::path& folder);

// The same without a look at the weights, whose files may be gone (pipeline/reference.h removes some).
TrainedRun load_curves(const Config& config, const std::filesystem::path& folder);

} // namespace grokreport
