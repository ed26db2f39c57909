// Section 8 of the post, the models without ReLU: one that groks, and its control with frozen attention. It
// reads only the curves of their training.
#pragma once

#include "claims/measured_claim.h"
#include "model/config.h"
#include "runs/metrics.h"
#include "sections/models.h"
#include "sections/section.h"

#include <optional>

namespace grokreport {

// The largest accuracy that a test curve keeps for `span` epochs on end: the maximum over intervals
// [e, e + span] inside the run of the minimum over its evaluated epochs. 0 where the run is shorter.
struct SustainedAccuracy {
    double accuracy = 0;
    std::optional<int> reached_epoch; // first epoch from which accuracy stays at `level` or above for `span`
    double best = 0;                  // at any evaluated epoch
    double final = 0;
    bool ever_exact = false; // 100 % at any evaluated epoch
    // After reached_epoch: the number of evaluations, how many of them are below `level`, and the lowest
    // accuracy among them. Accuracy may fall again when the interval has passed.
    int n_after = 0, n_below_after = 0;
    double least_after = 1;
};

// span: epochs that the level has to be kept. within: evaluations after this epoch do not count.
SustainedAccuracy sustained_accuracy(const Metrics& metrics, int span, double level, int within);

// Everything that the section says of the two runs.
struct LinearResults {
    int epochs = 0; // of the run without ReLU
    SustainedAccuracy linear, frozen;
};
LinearResults analyse_linear(const TrainedRun& linear, const TrainedRun& frozen);

ClaimList<LinearResults> linear_claims(const Config& config);

SectionOutput linear_section(const Runs& runs);

} // namespace grokreport
