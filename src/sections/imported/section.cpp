#include "sections/imported/section.h"

#include "model/activations.h"
#include "sections/embedding/analysis.h"
#include "sections/grokking/analysis.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

namespace grokreport {

namespace {

constexpr int sampled_triples = 1000; // as in the appendix of our own reports

// What the sections draw and a short report shows; the diagrams, films and sums by frequency it leaves out.
constexpr std::array<std::string_view, 20> shown_figures{
    "spectrum-we",    "circles-we",        "circles-we-other",   "spectrum-wl",
    "circles-wl",     "attention-samples", "attention-periodic", "attention-spectrum",
    "attention-full", "petals-1",          "petals-2",           "petals-3",
    "circles-o",      "dihedral-angles",   "b-up-sorted",        "w-up-planes",
    "relu-ablation",  "circles-mlp",       "decoder-closeup",    "decoder-circles-kept"};

Scores scores_on(const Weights& weights, std::span<const Pair> pairs) {
    const Eigen::MatrixXd logits = activations(weights, Variant::relu, pairs).logits;
    return {accuracy(logits, pairs, weights.p()), mean_cross_entropy(logits, pairs, weights.p()),
            pairs.size()};
}

BeyondMeasures beyond_of(const ImportedModel& model, const Scores& test) {
    const Weights& weights = model.models.shown();
    const Activations all = activations(weights, Variant::relu, all_pairs(weights.p()));
    return {.variance_on_answers = variance_on_answers(all.logits, model.models.key_frequencies),
            .single_frequency_neurons = single_frequency_neurons(all.post, weights.p(), explained_level),
            .distance_irrelevance = distance_irrelevance(all.logits),
            .gradient_symmetricity =
                gradient_symmetricity(weights, model.models.config.seed, sampled_triples),
            .accuracy = test.accuracy,
            .accuracy_with_mean_attention = accuracy_with_mean_attention(weights, model.models.split)};
}

} // namespace

ImportedResults analyse_imported(const ImportedModel& model) {
    const Weights& weights = model.models.shown();
    const Split& split = model.models.split;
    ImportedResults results{.train = scores_on(weights, split.train),
                            .test = scores_on(weights, split.test),
                            .all = scores_on(weights, all_pairs(weights.p())),
                            .fresh = held_out(model.models.untrained(), Variant::relu, split),
                            .asymmetry = asymmetry(weights, Variant::relu),
                            .shares = energy_shares(number_embeddings(weights)),
                            .n_triples = sampled_triples};
    results.strongest.resize(static_cast<std::size_t>(results.shares.size()));
    std::iota(results.strongest.begin(), results.strongest.end(), 1);
    results.strongest = frequencies_by_energy(weights, std::move(results.strongest));
    const std::vector<int>& key = model.models.key_frequencies;
    for (const int k : active_frequencies(results.shares))
        if (std::ranges::find(key, k) == key.end()) results.idle.push_back(k);
    results.beyond = beyond_of(model, results.test);
    return results;
}

Findings find_imported(const ImportedModel& model, const ImportOptions& options,
                       const ImportedResults& results) {
    Findings findings;
    find_imported_embedding(model.models, findings);
    find_attention(model.models, findings);
    find_petals(model.models, findings);
    find_recombination(model.models, findings);
    find_mlp(model.models, findings);
    find_decoder(model.models, findings);

    // What the sections cannot know is said here
    for (Measurement& measurement : imported_measurements(model, results)) {
        std::erase_if(findings.measurements,
                      [&](const Measurement& of_section) { return of_section.id == measurement.id; });
        findings.measurements.push_back(std::move(measurement));
    }
    findings.facts = {{"model", imported_facts(model, options, results)}};
    std::erase_if(findings.drawings, [](const figures::Drawing& drawing) {
        return std::ranges::find(shown_figures, drawing.id) == shown_figures.end();
    });
    return findings;
}

} // namespace grokreport
