// Section 4 of the post: the training curves. The model memorises first and generalises much later, while
// weight decay goes on shrinking W_E.
#pragma once

#include "drawing/plot.h"
#include "runs/metrics.h"

#include <optional>
#include <string>

namespace grokreport::figures {

// What training_curves shows. Only `run` and `last_epoch` are required.
struct TrainingCurves {
    const Metrics& run;
    int last_epoch;                           // rows up to this epoch, as far as the run goes
    std::optional<int> memorised_epoch = {};  // first evaluated epoch with 100 % train accuracy
    std::optional<int> grokked_epoch = {};    // first evaluated epoch with 100 % test accuracy
    std::optional<double> accuracy_line = {}; // a bound on the test accuracy, as a share: 0.95
    const Metrics* control = nullptr;         // a run that must not learn: its test curves in grey
    std::string control_name = "control";
};

// Three panels over epochs: train and test loss (nats, log axis), train and test accuracy (%), sum of squares
// of embed.W_E. A loss of 0 or less has no place on a log axis and is drawn on its lower edge; a row with a
// value that is not finite leaves a gap. Epochs beyond the axis are not marked.
// Throws Error when no row lies at or before last_epoch, or embed.W_E is no parameter of the run.
Drawing training_curves(const std::string& id, const TrainingCurves& shown);

} // namespace grokreport::figures
