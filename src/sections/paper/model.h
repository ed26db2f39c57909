// A model of the paper's kind, with a positional embedding (Variant::paper): trained on request, and shown
// beside the post's wherever its run is there.
#pragma once

#include "sections/models.h"
#include "cli/options.h"
#include "training/trainer.h"

#include <optional>

namespace grokreport {

enum class PaperState { absent, unfinished, damaged, there };

struct PaperModel {
    PaperState state = PaperState::absent;
    // Both where it is there.
    std::optional<TrainedRun> run;
    std::optional<Models> models;
};

// That of the seed and the settings of `options`. A damaged run is told on stderr and left out, or, where
// the paper's model was asked for (options.paper), thrown as Error.
PaperModel load_paper_model(const Options& options);

} // namespace grokreport
