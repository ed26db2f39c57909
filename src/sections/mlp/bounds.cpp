#include "sections/bounds.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr double angle_bound = 60;       // degrees
constexpr double unaligned_bound = 0.35; // radius CV
constexpr double positive_bound = 0.9;   // share of neurons
constexpr double affine_bound = 0.99;    // test accuracy
constexpr double purity_bound = 0.9;
constexpr double own_axis_bound = 0.5; // dimensions a feature

ClaimDefinition dihedral() {
    return {
        .id = "subspace.dihedral",
        .section = "8",
        .headline = true,
        .statement = "The circles of o lie in other planes than the circles of W_E.",
        .checks = {{"least, over all pairs of a plane of W_E and a plane of o at key frequencies, of the "
                    "smallest principal angle",
                    Relation::at_least, angle_bound, "degrees",
                    "no direction of one plane has more than a quarter of its energy in the other (cos^2)"}},
        .control = "each plane of W_E against its own copy with 20 % noise, the largest angle",
        .figures = {"dihedral-angles"},
        .source = "src/sections/mlp/subspaces.cpp"};
}

ClaimDefinition few_negative_biases(const Config& config) {
    return {.id = "mlp.few-negative-biases",
            .section = "8",
            .statement = "Far fewer than p entries of b_up are clearly negative.",
            .checks = {{"neurons whose bias is below -0.25 standard deviations of their pre-activation",
                        Relation::less, static_cast<double>(config.p), "neurons",
                        "p, the number of detectors that one neuron an answer would take"}},
            .figures = {"b-up-sorted"},
            .source = "src/sections/mlp/analysis.cpp"};
}

ClaimDefinition columns_unaligned() {
    return {.id = "mlp.columns-unaligned",
            .section = "8",
            .statement = "The columns of W_up form no ring in the planes of the o circles.",
            .checks = {{"least radius CV of the columns of W_up in o's planes of the key frequencies",
                        Relation::greater, unaligned_bound, "",
                        "a ring is far below, an isotropic cloud has about 0.52"}},
            .control = "the p vectors o themselves in the same planes",
            .figures = {"w-up-planes"},
            .source = "src/sections/mlp/analysis.cpp"};
}

ClaimDefinition positive_orthant() {
    return {.id = "mlp.positive-orthant",
            .section = "8",
            .statement = "b_up lifts the circles clear of the ReLU, into the positive orthant.",
            .checks = {{"share of neurons that are positive on at least 95 % of all pairs",
                        Relation::at_least, positive_bound, "", "nearly all neurons, on nearly all pairs"}},
            .control = "the same model before training",
            .expected = Verdict::fail,
            .figures = {"b-up-sorted"},
            .source = "src/sections/mlp/analysis.cpp"};
}

ClaimDefinition affine() {
    return {
        .id = "mlp.affine",
        .section = "8",
        .statement = "The MLP is just an affine map.",
        .checks = {{"best test accuracy with the hidden layer replaced by its pre-activation, by an affine "
                    "fit of each neuron, or by the best affine map of its input",
                    Relation::at_least, affine_bound, "",
                    "what a layer that is affine would lose nothing of"}},
        .control = "the hidden layer replaced by its mean",
        .expected = Verdict::fail,
        .figures = {"relu-ablation"},
        .source = "src/sections/mlp/analysis.cpp"};
}

ClaimDefinition linear_groks() {
    return {.id = "linear.groks",
            .section = "8",
            .headline = true,
            .statement = "A model without ReLU groks modular addition too.",
            .checks = {{fmt::format("test accuracy that is kept for {} epochs on end", sustained_span),
                        Relation::at_least, sustained_level, "",
                        "far above the 30 % that memorising and symmetry give"}},
            .control =
                "a model trained the same way with attention frozen at (1/2, 1/2, 0): linear in a and b",
            .figures = {"training-linear"},
            .source = "src/sections/grokking/analysis.cpp"};
}

ClaimDefinition circles_preserved() {
    return {.id = "mlp.circles-preserved",
            .section = "8",
            .statement = "The circles survive the MLP.",
            .checks = {{"least purity over the key frequencies of the hidden layer at fixed a",
                        Relation::at_least, purity_bound, "",
                        "at most a tenth of the curve is anything but its circle"},
                       {"least excess of that purity over its null (99 % quantile of permutations)",
                        Relation::greater, 0, "", "in many dimensions noise has a high purity of its own"}},
            .control = "the other frequencies, best case",
            .figures = {"circles-mlp"},
            .source = "src/spectral/planes.cpp"};
}

ClaimDefinition no_superposition() {
    return {.id = "superposition.none",
            .section = "8",
            .statement = "The model does not hold its features in superposition.",
            .checks = {{"mean dimensionality (Elhage et al. 2022) of the p centred rows of W_L",
                        Relation::at_least, own_axis_bound, "dimensions",
                        "a feature on an axis of its own has 1; two that share one axis have 1/2"}},
            .control = "p random features in as many dimensions as the key frequencies span, two each",
            .expected = Verdict::fail,
            .source = "src/sections/mlp/superposition.cpp"};
}

} // namespace

BoundTable mlp_bounds(const Config& config) {
    return {dihedral(),          few_negative_biases(config), no_superposition(),
            columns_unaligned(), positive_orthant(),          affine(),
            linear_groks(),      circles_preserved()};
}

} // namespace grokreport
