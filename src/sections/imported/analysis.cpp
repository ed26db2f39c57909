#include "sections/imported/analysis.h"

#include "model/activations.h"
#include "spectral/fourier.h"

#include <span>

namespace grokreport {

namespace {

Scores scores_of(const Weights& weights, std::span<const Pair> pairs) {
    const ScoreSum scores = scores_on(weights, Variant::relu, pairs);
    return {scores.accuracy(), scores.mean_cross_entropy(), pairs.size()};
}

void recognise_task(const Weights& weights, std::uint64_t seed, ImportedResults& results) {
    const int p = weights.p();
    results.tried = try_tasks(logits_of_all(ForwardPass(weights, Variant::relu)));
    results.near_chance = true; // without a split the accuracies of its parts are NaN
    for (const Scores& scores : {results.train, results.test, results.all})
        if (scores.accuracy > chance_level(p)) results.near_chance = false;
    if (!results.near_chance) return;
    results.other_task = recognised_task(results.tried, p);
    if (!results.other_task) results.other_modulus = recognised_modulus(weights, seed);
}

} // namespace

ImportedResults analyse_imported(const ImportedModel& model) {
    const Weights& weights = model.models.shown();
    const Split& split = model.models.split;
    const std::vector<int>& key = model.models.key_frequencies;
    ImportedResults results{.train = scores_of(weights, split.train),
                            .test = scores_of(weights, split.test),
                            .all = scores_of(weights, all_pairs(weights.p())),
                            .fresh = held_out(model.models.untrained(), Variant::relu, split),
                            .asymmetry = asymmetry(weights, Variant::relu),
                            .shares = energy_shares(number_embeddings(weights)),
                            .beyond = measure_beyond(weights, split, key, model.models.config.seed)};
    results.strongest = frequencies_by_energy(weights, all_frequencies(weights.p()));
    recognise_task(weights, model.models.config.seed, results);
    results.idle = without(active_frequencies(results.shares), key);
    return results;
}

} // namespace grokreport
