#include "sections/beyond/results.h"

#include "model/activations.h"
#include "sections/grokking/analysis.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

BeyondMeasures measure_beyond(const Weights& weights, const Split& split,
                              const std::vector<int>& key_frequencies, std::uint64_t seed) {
    const int p = weights.p();
    const Activations everywhere = activations(weights, Variant::relu, all_pairs(p));
    return {.variance_on_answers = variance_on_answers(everywhere.logits, key_frequencies),
            .single_frequency_neurons = single_frequency_neurons(everywhere.post, p, explained_level),
            .distance_irrelevance = distance_irrelevance(everywhere.logits),
            .gradient_symmetricity = gradient_symmetricity(weights, seed, sampled_triples),
            .accuracy = held_out(weights, Variant::relu, split).accuracy,
            .accuracy_with_mean_attention = accuracy_with_mean_attention(weights, split)};
}

ChanceVerdicts chance_verdicts(const BoundTable& table, const std::vector<Measurement>& measurements) {
    ChanceVerdicts verdicts;
    for (const ClaimDefinition& definition : table) {
        const auto measured = std::ranges::find(measurements, definition.id, &Measurement::id);
        if (measured == measurements.end() || measured->control.empty()) continue;
        const auto& control = measured->control;
        if (!std::ranges::all_of(control, [](double value) { return std::isfinite(value); })) continue;
        bool passes = true;
        for (std::size_t i = 0; i < control.size(); ++i)
            passes = passes && holds(control[i], definition.checks[i].relation, definition.checks[i].bound);
        ++verdicts.controls;
        verdicts.passed += passes ? 1 : 0;
    }
    return verdicts;
}

BeyondResults analyse_beyond(const Models& models, const BoundTable& table,
                             const std::vector<Measurement>& measurements) {
    const std::vector<int>& key = models.key_frequencies;
    const auto measured = [&](const Weights& weights) {
        return measure_beyond(weights, models.split, key, models.config.seed);
    };
    BeyondResults results{.epoch = models.shown_epoch(),
                          .key_frequencies = key,
                          .trained = measured(models.shown()),
                          .untrained = measured(models.untrained())};
    for (const auto& [epoch, weights] : models.snapshots)
        results.by_epoch.emplace_back(epoch, progress_losses(weights, models.split, key));
    const Activations all = activations(models.shown(), Variant::relu, all_pairs(models.config.p));
    results.accuracy_by_kept = accuracy_by_frequencies_kept(all.logits, key);
    results.chance = chance_verdicts(table, measurements);
    return results;
}

} // namespace grokreport
