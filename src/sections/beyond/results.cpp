#include "sections/beyond/results.h"

#include "model/activations.h"
#include "sections/grokking/analysis.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

BeyondMeasures measure_with(const LogitSums& logits, const Weights& weights, const Split& split,
                            const std::vector<int>& key_frequencies, std::uint64_t seed) {
    const ForwardPass forward(weights, Variant::relu);
    return {.variance_on_answers = variance_on_answers(logits, key_frequencies),
            .single_frequency_neurons =
                single_frequency_neurons(pair_means(post_of_all(forward)), explained_level),
            .distance_irrelevance = distance_irrelevance(logits),
            .gradient_symmetricity = gradient_symmetricity(weights, seed, sampled_triples),
            .accuracy = scores_on(weights, Variant::relu, split.test).accuracy(),
            .accuracy_with_mean_attention = accuracy_with_mean_attention(weights, split)};
}

LogitSums logit_sums(const Weights& weights) {
    const ForwardPass forward(weights, Variant::relu);
    return sums_of(logits_of_all(forward));
}

} // namespace

BeyondMeasures measure_beyond(const Weights& weights, const Split& split,
                              const std::vector<int>& key_frequencies, std::uint64_t seed) {
    return measure_with(logit_sums(weights), weights, split, key_frequencies, seed);
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
    BeyondResults results{.epoch = models.shown_epoch(), .key_frequencies = key};
    for (const auto& [epoch, weights] : models.snapshots) {
        const LogitSums logits = logit_sums(weights);
        results.by_epoch.emplace_back(epoch, progress_losses(weights, logits, models.split, key));
        const auto measured = [&, &of_epoch = weights] {
            return measure_with(logits, of_epoch, models.split, key, models.config.seed);
        };
        if (&weights == &models.untrained()) results.untrained = measured();
        if (&weights != &models.shown()) continue;
        results.trained = measured();
        results.accuracy_by_kept = accuracy_by_frequencies_kept(logits, key);
    }
    results.chance = chance_verdicts(table, measurements);
    return results;
}

} // namespace grokreport
