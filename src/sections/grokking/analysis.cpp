#include "sections/grokking/analysis.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

std::optional<int> first_epoch_where(const Metrics& metrics, bool (*holds)(const MetricsRow&)) {
    const auto row = std::ranges::find_if(metrics.rows, holds);
    return row == metrics.rows.end() ? std::nullopt : std::optional(row->epoch);
}

// At the first evaluated epoch at or after `epoch`.
std::optional<double> norm_from(const Metrics& metrics, int epoch) {
    const auto W_E = std::ranges::find(metrics.parameters, "embed.W_E");
    const auto row = std::ranges::lower_bound(metrics.rows, epoch, {}, &MetricsRow::epoch);
    if (W_E == metrics.parameters.end() || row == metrics.rows.end()) return std::nullopt;
    return row->sums_of_squares[static_cast<std::size_t>(W_E - metrics.parameters.begin())];
}

} // namespace

TrainingMilestones training_milestones(const Metrics& metrics) {
    TrainingMilestones milestones;
    milestones.memorised_epoch =
        first_epoch_where(metrics, [](const MetricsRow& row) { return row.train_accuracy == 1; });
    milestones.grokked_epoch =
        first_epoch_where(metrics, [](const MetricsRow& row) { return row.test_accuracy == 1; });
    if (const auto grokked = milestones.grokked_epoch) {
        milestones.norm_at_grok = norm_from(metrics, *grokked);
        milestones.norm_2000_later = norm_from(metrics, *grokked + 2000);
        milestones.norm_8000_later = norm_from(metrics, *grokked + 8000);
        milestones.norm_10000_later = norm_from(metrics, *grokked + 10000);
    }
    return milestones;
}

std::optional<double> TrainingMilestones::delay() const {
    if (!grokked_epoch || memorised_epoch.value_or(0) <= 0) return std::nullopt;
    return static_cast<double>(*grokked_epoch) / *memorised_epoch;
}

HeldOut held_out(const Weights& weights, Variant variant, const Split& split) {
    const int p = weights.p();
    const auto unseen = unseen_pairs(split);
    const Eigen::MatrixXd logits = activations(weights, variant, split.test).logits;
    const Eigen::MatrixXd unseen_logits = activations(weights, variant, unseen).logits;
    return {accuracy(logits, split.test, p), mean_cross_entropy(logits, split.test, p),
            accuracy(unseen_logits, unseen, p), unseen.size()};
}

double asymmetry(const Weights& weights, Variant variant) {
    const int p = weights.p();
    const auto pairs = all_pairs(p);
    const Eigen::MatrixXd logits = activations(weights, variant, pairs).logits;
    double largest = 0;
    for (const Pair& pair : pairs)
        largest = std::max(
            largest,
            (logits.row(pair.a * p + pair.b) - logits.row(pair.b * p + pair.a)).cwiseAbs().maxCoeff());
    const double spread = std::sqrt((logits.array() - logits.mean()).square().mean());
    return largest / spread;
}

GrokkingResults analyse_grokking(const TrainedRun& run, const Models& models,
                                 const std::optional<Weights>& memorised) {
    const auto row_at = [&](int epoch) {
        return *std::ranges::find(run.metrics.rows, epoch, &MetricsRow::epoch);
    };
    const auto quality_of = [&](const Weights& weights) {
        return held_out(weights, Variant::relu, models.split);
    };
    GrokkingResults results{.epochs = run.config.epochs,
                            .milestones = training_milestones(run.metrics),
                            .shown_row = row_at(models.shown_epoch()),
                            .untrained = quality_of(models.untrained()),
                            .at_10k = {},
                            .train_loss_at_10k = {},
                            .memorised = {},
                            .asymmetry = asymmetry(models.shown(), Variant::relu),
                            .n_test = models.split.test.size()};
    if (models.has(headline_epoch)) {
        results.at_10k = quality_of(models.snapshots.at(headline_epoch));
        results.train_loss_at_10k = row_at(headline_epoch).train_loss;
    }
    if (memorised) results.memorised = quality_of(*memorised);
    return results;
}

} // namespace grokreport
