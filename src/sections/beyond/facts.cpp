#include "sections/beyond/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "runs/lists.h"

#include <algorithm>
#include <cstdint>

namespace grokreport {

namespace {

constexpr double solved = 0.99;      // of all pairs: enough frequencies are kept
constexpr double follows_form = 0.9; // of the variance: the logits are of the form that the paper found

Json losses_row(int epoch, const ProgressLosses& losses) {
    return {{"epoch", format_count(epoch)},
            {"train", format_number(losses.train)},
            {"test", format_number(losses.test)},
            {"restricted", format_number(losses.restricted)},
            {"excluded", format_number(losses.excluded)}};
}

Json kept_row(int kept, int frequency, double accuracy) {
    return {{"kept", format_count(kept)},
            {"frequency", std::to_string(frequency)},
            {"accuracy", format_percent(accuracy)}};
}

Json measures_of(const BeyondMeasures& measures) {
    return {{"variance_on_answers", percent(measures.variance_on_answers)},
            {"single_frequency_neurons", format_percent(measures.single_frequency_neurons)},
            {"distance_irrelevance", format_number(measures.distance_irrelevance)},
            {"gradient_symmetricity", format_number(measures.gradient_symmetricity)},
            {"accuracy", format_percent(measures.accuracy)},
            {"accuracy_with_mean_attention", format_percent(measures.accuracy_with_mean_attention)}};
}

} // namespace

Json beyond_facts(const BeyondResults& results) {
    Json snapshots = Json::array(), kept = Json::array();
    for (const auto& [epoch, losses] : results.by_epoch)
        snapshots.push_back(losses_row(epoch, losses));
    for (std::size_t i = 0; i < results.accuracy_by_kept.size(); ++i)
        kept.push_back(
            kept_row(static_cast<int>(i) + 1, results.key_frequencies[i], results.accuracy_by_kept[i]));
    const auto enough =
        std::ranges::find_if(results.accuracy_by_kept, [](double accuracy) { return accuracy >= solved; });
    const bool is_enough = enough != results.accuracy_by_kept.end();
    return {{"epoch", format_count(results.epoch)},
            {"has_key", !results.key_frequencies.empty()},
            {"n_key", format_count(static_cast<std::int64_t>(results.key_frequencies.size()))},
            {"snapshots", list_of(losses_row(0, {}), snapshots)},
            {"kept", list_of(kept_row(0, 0, 0), kept)},
            {"solved", format_percent(solved)},
            {"kept_solves", is_enough},
            {"kept_needed", format_count(enough - results.accuracy_by_kept.begin() + (is_enough ? 1 : 0))},
            {"explained_level", format_percent(explained_level)},
            {"n_triples", format_count(sampled_triples)},
            {"follows_form", results.trained.variance_on_answers >= follows_form},
            {"clock_like", results.trained.distance_irrelevance >= 0.5},
            {"restricted_is_better", !results.by_epoch.empty() && results.by_epoch.back().second.restricted <
                                                                      results.by_epoch.back().second.test},
            {"trained", measures_of(results.trained)},
            {"untrained", measures_of(results.untrained)},
            {"has_controls", results.chance.controls > 0},
            {"n_controls", format_count(results.chance.controls)},
            {"green_by_chance", format_count(results.chance.passed)},
            {"red_by_chance", format_count(results.chance.controls - results.chance.passed)}};
}

} // namespace grokreport
