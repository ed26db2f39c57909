#include "sections/sections.h"

#include "sections/mlp/figures.h"
#include "sections/mlp/figures_planes.h"
#include "sections/mlp/figures_subspaces.h"
#include "sections/mlp/figures_zones.h"
#include "sections/mlp/findings.h"
#include "spectral/fourier.h"
#include "sections/judged.h"

#include <algorithm>
#include <iterator>

namespace grokreport {

namespace {

// The purest circle of the hidden layer at any other frequency: the best case of the control. Only its own
// null is computed, since that takes 200 permutations.
std::optional<Circle> purest_other(const Eigen::MatrixXd& post, const std::vector<int>& frequencies,
                                   std::uint64_t seed) {
    int best = 0;
    double best_purity = -1;
    for (int k = 1; k <= (post.rows() - 1) / 2; ++k) {
        if (std::ranges::find(frequencies, k) != frequencies.end()) continue;
        const double found = purity(post * plane_of(post, k).orthonormal, k);
        if (found > best_purity) {
            best = k;
            best_purity = found;
        }
    }
    if (best == 0) return {};
    return circle_of(post, best, seed);
}

// One set of weights, and what the figures draw of it.
struct Analysed {
    MlpResults results;
    Activations at_fixed_number;
};

Analysed analyse(const Models& models, const Weights& weights, const std::vector<int>& frequencies) {
    const std::vector<Pair> pairs = all_pairs(weights.p());
    const Activations all = activations(weights, Variant::relu, pairs);
    Activations fixed = activations(weights, Variant::relu, pairs_at_fixed_number(weights.p()));
    const Activations untrained = activations(models.untrained(), Variant::relu, pairs);
    const std::uint64_t seed = models.config.seed;
    MlpResults results{.frequencies = frequencies,
                       .planes = plane_angles(number_embeddings(weights), fixed.o, frequencies, seed),
                       .signs = hidden_signs(weights, all.pre),
                       .untrained_always_positive =
                           hidden_signs(models.untrained(), untrained.pre).always_positive,
                       .ablation = ablate_relu(weights, all, models.split),
                       .columns = columns_in_planes(weights, fixed.o, frequencies),
                       .circles = circles_of(fixed.post, frequencies, seed),
                       .other_best = purest_other(fixed.post, frequencies, seed),
                       .superposition = superposition(decoder(weights), frequencies, seed)};
    return {std::move(results), std::move(fixed)};
}

} // namespace

void find_mlp(const Models& models, Findings& findings) {
    const std::vector<int> frequencies = models.shown_frequencies();
    const auto& [shown, fixed] = analyse(models, models.shown(), frequencies);
    const std::optional<MlpResults> judged =
        judged_like(models, frequencies, shown, [&](const Weights& weights, const std::vector<int>& key) {
            return analyse(models, weights, key).results;
        });
    std::ranges::move(mlp_measurements(judged, models.why_not(judged_epoch)),
                      std::back_inserter(findings.measurements));
    findings.facts["mlp"] = mlp_facts(shown, models.config);

    findings.drawings.push_back(figures::dihedral_angles("dihedral-angles", shown.planes));
    findings.drawings.push_back(figures::superposition_zones("superposition-zones"));
    findings.drawings.push_back(figures::sorted_biases("b-up-sorted", shown.signs));
    findings.drawings.push_back(
        figures::columns_in_planes("w-up-planes", models.shown().W_in.transpose(), fixed.o, shown.columns));
    findings.drawings.push_back(figures::mlp_shift("mlp-shift"));
    if (!models.split.train.empty())
        findings.drawings.push_back(figures::relu_ablation("relu-ablation", shown.ablation, models.config.p));
    findings.drawings.push_back(figures::circles_in_planes("circles-mlp", fixed.post, frequencies));
}

} // namespace grokreport
