#include "sections/grokking/analysis.h"

#include <algorithm>
#include <cmath>
#include <span>

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

SustainedAccuracy sustained_accuracy(const Metrics& metrics, int span, double level, int within) {
    SustainedAccuracy result;
    const auto end_of_rows = std::ranges::upper_bound(metrics.rows, within, {}, &MetricsRow::epoch);
    const std::span<const MetricsRow> rows(metrics.rows.begin(), end_of_rows);
    for (auto first = rows.begin(); first != rows.end(); ++first) {
        result.best = std::max(result.best, first->test_accuracy);
        result.ever_exact = result.ever_exact || first->test_accuracy == 1;
        if (rows.back().epoch - first->epoch < span) continue;
        const auto end =
            std::ranges::upper_bound(first, rows.end(), first->epoch + span, {}, &MetricsRow::epoch);
        const double least =
            std::ranges::min_element(first, end, {}, &MetricsRow::test_accuracy)->test_accuracy;
        result.accuracy = std::max(result.accuracy, least);
        if (least >= level && !result.reached_epoch) result.reached_epoch = first->epoch;
    }
    if (!rows.empty()) result.final = rows.back().test_accuracy;
    for (const MetricsRow& row : rows) {
        if (!result.reached_epoch || row.epoch <= *result.reached_epoch) continue;
        ++result.n_after;
        result.n_below_after += row.test_accuracy < level ? 1 : 0;
        result.least_after = std::min(result.least_after, row.test_accuracy);
    }
    return result;
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

} // namespace grokreport
