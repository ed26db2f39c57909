#include "sections/mlp/linear.h"

#include "base/json.h"
#include "base/numbers.h"
#include "sections/grokking/facts.h"
#include "sections/grokking/figures.h"

#include <algorithm>
#include <fmt/format.h>
#include <span>

namespace grokreport {

namespace {

// Criterion of grokking for a model whose accuracy spikes.
constexpr double sustained_level = 0.95;
constexpr int sustained_span = 1000;    // epochs
constexpr int sustained_within = 40000; // epochs

MeasuredClaim<LinearResults> linear_groks() {
    const auto measure = [](const LinearResults& results) -> Measurement {
        const auto& [epochs, linear, frozen] = results;
        if (linear.accuracy < sustained_level && epochs < sustained_within)
            return {.not_run = too_few_epochs(sustained_within, epochs)};
        const bool has_later = linear.n_after > 0;
        return {
            .values = {linear.accuracy},
            .control = {frozen.accuracy},
            .details = {{"reached_epoch", linear.reached_epoch ? Json(*linear.reached_epoch) : Json(nullptr)},
                        {"best", linear.best},
                        {"final", linear.final},
                        {"ever_exactly_1", linear.ever_exact},
                        {"evaluations_after", linear.n_after},
                        {"of_them_below_the_level", linear.n_below_after},
                        {"least_after", has_later ? Json(linear.least_after) : Json(nullptr)},
                        {"frozen_best", frozen.best}}};
    };
    return {.definition =
                {.id = "linear.groks",
                 .section = "8",
                 .headline = true,
                 .statement = "A model without ReLU groks modular addition too.",
                 .checks = {{fmt::format("test accuracy that is kept for {} epochs on end", sustained_span),
                             Relation::at_least, sustained_level, "",
                             "far above the 30 % that memorising and symmetry give"}},
                 .control =
                     "a model trained the same way with attention frozen at (1/2, 1/2, 0): linear in a and b",
                 .figures = {"training-linear"},
                 .source = this_file()},
            .measure = measure};
}

// "linear.*" of templates/08-mlp.md.
Json linear_facts(const LinearResults& results) {
    const auto& [epochs, linear, frozen] = results;
    return {{"epochs", format_count(std::min(epochs, sustained_within))},
            {"groks", linear.reached_epoch.has_value()},
            {"reached_epoch", epoch_or_dash(linear.reached_epoch)},
            {"best_accuracy", format_percent(linear.best)},
            {"final_accuracy", format_percent(linear.final)},
            {"ever_exact", linear.ever_exact},
            {"falls_back", linear.n_below_after > 0},
            {"n_after", format_count(linear.n_after)},
            {"n_below_after", format_count(linear.n_below_after)},
            {"least_after", format_percent(linear.least_after)},
            {"frozen_best_accuracy", format_percent(frozen.best)}};
}

} // namespace

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

LinearResults analyse_linear(const TrainedRun& linear, const TrainedRun& frozen) {
    const auto sustained = [](const TrainedRun& run) {
        return sustained_accuracy(run.metrics, sustained_span, sustained_level, sustained_within);
    };
    return {linear.config.epochs, sustained(linear), sustained(frozen)};
}

ClaimList<LinearResults> linear_claims(const Config&) {
    return {linear_groks()};
}

SectionOutput linear_section(const Runs& runs) {
    const TrainedRun& linear = runs.linear;
    const LinearResults results = analyse_linear(linear, runs.frozen);
    return {.measurements = measure_claims(linear_claims(linear.config), std::optional(results), ""),
            .facts = {{"linear", linear_facts(results)}},
            .drawings = {figures::training_curves(
                "training-linear", {.run = linear.metrics,
                                    .last_epoch = linear.config.epochs,
                                    .memorised_epoch = training_milestones(linear.metrics).memorised_epoch,
                                    .accuracy_line = sustained_level,
                                    .control = &runs.frozen.metrics,
                                    .control_name = "test, attention frozen"})}};
}

} // namespace grokreport
