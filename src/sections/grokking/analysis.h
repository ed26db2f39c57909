// Section 4 of the post: does the model grok, when, and is it more than symmetry? Also section 3's remark
// that a model without positions cannot tell (a, b) from (b, a), and section 8's curves of the models without
// ReLU.
#pragma once

#include "model/activations.h"
#include "model/dataset.h"
#include "runs/metrics.h"
#include "model/weights.h"

#include <optional>

namespace grokreport {

// Milestones of a training run, read off its curves.
struct TrainingMilestones {
    std::optional<int> memorised_epoch; // first evaluated epoch with 100 % train accuracy
    std::optional<int> grokked_epoch;   // first evaluated epoch with 100 % test accuracy
    // The sum of squares of W_E at the grokked epoch and 2,000, 8,000 and 10,000 epochs later, as far as the
    // run goes.
    std::optional<double> norm_at_grok, norm_2000_later, norm_8000_later, norm_10000_later;
};

TrainingMilestones training_milestones(const Metrics& metrics);

// The largest accuracy that a test curve keeps for `span` epochs on end: the maximum over intervals
// [e, e + span] inside the run of the minimum over its evaluated epochs. 0 where the run is shorter.
struct SustainedAccuracy {
    double accuracy = 0;
    std::optional<int> reached_epoch; // first epoch from which accuracy stays at `level` or above for `span`
    double best = 0;                  // at any evaluated epoch
    double final = 0;
    bool ever_exact = false; // 100 % at any evaluated epoch
    // After reached_epoch, which promises one interval and no more: evaluations, how many of them below
    // `level`, and the lowest accuracy among them.
    int n_after = 0, n_below_after = 0;
    double least_after = 1;
};

// span: epochs that the level has to be kept. within: the epoch after which nothing counts any more.
SustainedAccuracy sustained_accuracy(const Metrics& metrics, int span, double level, int within);

// How one set of weights does on the held-out pairs.
struct HeldOut {
    double accuracy = 0;        // over all held-out ordered pairs
    double loss = 0;            // mean cross-entropy, nats
    double accuracy_unseen = 0; // over those whose mirror (b, a) is held out too; NaN where there are none
    std::size_t n_unseen = 0;
};

HeldOut held_out(const Weights& weights, Variant variant, const Split& split);

// The largest difference between the logits of (a, b) and (b, a), over the standard deviation of all logits.
double asymmetry(const Weights& weights, Variant variant);

} // namespace grokreport
