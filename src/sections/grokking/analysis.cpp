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

ScoreSum scores_on(const Weights& weights, Variant variant, std::span<const Pair> pairs) {
    const ForwardPass forward(weights, variant);
    ScoreSum scores;
    for_each_part(
        pairs, [&](std::span<const Pair> part) { scores.add(forward.at(part).logits, part, weights.p()); });
    return scores;
}

HeldOut held_out(const Weights& weights, Variant variant, const Split& split) {
    const int p = weights.p();
    const std::vector<Pair> unseen = unseen_pairs(split);
    Eigen::ArrayXXi is_unseen = Eigen::ArrayXXi::Zero(p, p);
    for (const Pair& pair : unseen)
        is_unseen(pair.a, pair.b) = 1;
    const ForwardPass forward(weights, variant);
    ScoreSum of_all, of_unseen;
    for_each_part(split.test, [&](std::span<const Pair> part) {
        const Eigen::MatrixXd logits = forward.at(part).logits;
        of_all.add(logits, part, p);
        std::vector<Pair> pairs;
        std::vector<Eigen::Index> rows;
        for (std::size_t i = 0; i < part.size(); ++i)
            if (is_unseen(part[i].a, part[i].b) != 0) {
                pairs.push_back(part[i]);
                rows.push_back(static_cast<Eigen::Index>(i));
            }
        of_unseen.add(logits(rows, Eigen::all), pairs, p);
    });
    return {of_all.accuracy(), of_all.mean_cross_entropy(), of_unseen.accuracy(), unseen.size()};
}

double asymmetry(const Weights& weights, Variant variant) {
    const int p = weights.p();
    const ForwardPass forward(weights, variant);
    double largest = 0, sum = 0, squares = 0, about = 0, n = 0;
    const auto add = [&](const Eigen::MatrixXd& logits) {
        if (n == 0) about = logits.mean(); // a large constant would cost digits of the squares
        sum += (logits.array() - about).sum();
        squares += (logits.array() - about).square().sum();
        n += static_cast<double>(logits.size());
    };
    for (int a = 0; a < p; ++a) { // both orders of each pair with b > a
        std::vector<Pair> pairs, mirrored;
        for (int b = a; b < p; ++b) {
            pairs.push_back({a, b});
            mirrored.push_back({b, a});
        }
        const Eigen::MatrixXd logits = forward.at(pairs).logits, others = forward.at(mirrored).logits;
        largest = std::max(largest, (logits - others).cwiseAbs().maxCoeff());
        add(logits);
        add(others.bottomRows(others.rows() - 1)); // (a, a) is its own mirror
    }
    const double mean = sum / n;
    return largest / std::sqrt(squares / n - mean * mean);
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
