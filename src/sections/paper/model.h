// A model of the paper's kind, with a positional embedding (Variant::paper). It is trained on request, and
// shown beside the post's models wherever its run is there.
#pragma once

#include "runs/trained_run.h"
#include "sections/models.h"

#include <filesystem>
#include <optional>

namespace grokreport {

enum class PaperState { absent, unfinished, damaged, available };

struct PaperModel {
    PaperState state = PaperState::absent;
    // Both are set where the state is `available`.
    std::optional<TrainedRun> run;
    std::optional<Models> models;
};

// config: that of the paper's variant; folder: that of its run. Where the run is damaged, throws Error if the
// model is required; else prints a line to stderr and returns the state `damaged`.
PaperModel load_paper_model(const Config& config, const std::filesystem::path& folder, bool is_required);

} // namespace grokreport
