#include "sections/beyond/findings.h"

#include "model/activations.h"
#include "sections/grokking/analysis.h"
#include "sections/bounds.h"
#include "sections/sections.h"

namespace grokreport {

namespace {

constexpr int triples = 1000; // Zhong et al. take 100

BeyondMeasures measure(const Weights& weights, const Models& models) {
    const int p = weights.p();
    const Activations everywhere = activations(weights, Variant::relu, all_pairs(p));
    return {.variance_on_answers = variance_on_answers(everywhere.logits, models.key_frequencies),
            .single_frequency_neurons = single_frequency_neurons(everywhere.post, p, explained_level),
            .distance_irrelevance = distance_irrelevance(everywhere.logits),
            .gradient_symmetricity = gradient_symmetricity(weights, models.config.seed, triples),
            .accuracy = held_out(weights, Variant::relu, models.split).accuracy,
            .accuracy_with_mean_attention = accuracy_with_mean_attention(weights, models.split)};
}

} // namespace

void find_beyond(const Models& models, Findings& findings) {
    BeyondResults results{.epoch = models.shown_epoch(),
                          .key_frequencies = models.key_frequencies,
                          .trained = measure(models.shown(), models),
                          .untrained = measure(models.untrained(), models),
                          .n_triples = triples};
    for (const auto& [epoch, weights] : models.snapshots)
        results.by_epoch.emplace_back(epoch, progress_losses(weights, models.split, models.key_frequencies));
    results.accuracy_by_kept = accuracy_by_frequencies_kept(
        activations(models.shown(), Variant::relu, all_pairs(models.config.p)).logits,
        models.key_frequencies);
    results.chance = chance_verdicts(table_of_bounds(models.config), findings.measurements);
    findings.facts["beyond"] = beyond_facts(results);
}

} // namespace grokreport
