// Section 4 of the post: does the model grok, when, and is it more than symmetry? Also section 3's remark
// that a model without positions cannot tell (a, b) from (b, a).
#pragma once

#include "model/activations.h"
#include "model/dataset.h"
#include "model/weights.h"
#include "runs/metrics.h"
#include "sections/models.h"

#include <optional>
#include <span>

namespace grokreport {

// Milestones of a training run, read off its curves.
struct TrainingMilestones {
    std::optional<int> memorised_epoch; // first evaluated epoch with 100 % train accuracy
    std::optional<int> grokked_epoch;   // first evaluated epoch with 100 % test accuracy
    // The sum of squares of W_E at the grokked epoch and 2,000, 8,000 and 10,000 epochs later, as far as the
    // run goes.
    std::optional<double> norm_at_grok, norm_2000_later, norm_8000_later, norm_10000_later;

    // The grokked epoch over the memorised one; nothing where one of them is missing or 0.
    std::optional<double> delay() const;
};

TrainingMilestones training_milestones(const Metrics& metrics);

// Accuracy and cross-entropy over any pairs.
ScoreSum scores_on(const Weights& weights, Variant variant, std::span<const Pair> pairs);

// The quality of one set of weights on the held-out pairs.
struct HeldOut {
    double accuracy = 0;        // over all held-out ordered pairs
    double loss = 0;            // mean cross-entropy, nats
    double accuracy_unseen = 0; // over those whose mirror (b, a) is held out too; NaN where there are none
    std::size_t n_unseen = 0;
};

HeldOut held_out(const Weights& weights, Variant variant, const Split& split);

// The largest difference between the logits of (a, b) and (b, a), over the standard deviation of all logits.
double asymmetry(const Weights& weights, Variant variant);

inline constexpr int headline_epoch = 10000; // the snapshot that section 4 is about

// Everything that the section says of one run. What a shorter run does not have is empty.
struct GrokkingResults {
    int epochs = 0; // of the whole run
    TrainingMilestones milestones;
    MetricsRow shown_row; // of the weights that the report shows
    HeldOut untrained;
    std::optional<HeldOut> at_10k;
    std::optional<double> train_loss_at_10k; // nats
    std::optional<HeldOut> memorised;        // at milestones.memorised_epoch
    double asymmetry = 0;
    std::size_t n_test = 0;
};

// `memorised`: the weights at the memorised epoch, where the run has one.
GrokkingResults analyse_grokking(const TrainedRun& run, const Models& models,
                                 const std::optional<Weights>& memorised);

} // namespace grokreport
