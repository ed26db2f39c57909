// Section 8 of the post: what the hidden layer of the MLP does with the circles of o. Are its neurons held
// clear of the ReLU, does it act as an affine map, do its weights line up with the circles, and do the
// circles survive?
//
// In the post's names W_up = W_in and b_up = b_in: pre = resid_mid W_in + b_in, post = relu(pre), all at '='.
// Not here: what the layer computes instead of an affine map (see the appendix), and the decoder
// (sections/decoder).
#pragma once

#include "model/activations.h"
#include "model/dataset.h"
#include "model/weights.h"
#include "sections/mlp/subspaces.h"
#include "sections/mlp/superposition.h"
#include "spectral/planes.h"

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace grokreport {

// How the hidden layer stands to its ReLU, over all p^2 pairs.
struct HiddenSigns {
    Eigen::VectorXd biases;         // d_mlp: b_in
    Eigen::VectorXd deviations;     // d_mlp: standard deviation of pre
    Eigen::VectorXd positive_share; // d_mlp: share of pairs on which pre is above zero
    int negative_biases = 0;        // neurons with a bias below -0.25 deviations: clearly negative
    double always_positive = 0;     // share of neurons that are positive on at least 95 % of the pairs
    double positive = 0;            // share of all values of pre that are above zero
};
inline constexpr double clearly_negative = -0.25; // standard deviations of pre
inline constexpr double nearly_all_pairs = 0.95;

// pre: p^2 x d_mlp.
HiddenSigns hidden_signs(const Weights& weights, const PairRows& pre);

// Test accuracy (shares of one) with the hidden layer replaced by something simpler, the rest left as it is.
// What is fitted is fitted on training pairs by least squares and judged on test pairs. NaN where there are
// no training or no test pairs.
struct Ablation {
    double intact = 0;
    double identity = 0;   // post := pre
    double per_neuron = 0; // post_i := slope_i pre_i + offset_i
    double affine = 0;     // post := resid_mid A + c, the best such map; of minimal norm where not unique
    double mean = 0;       // post := its mean over training pairs

    double best_affine() const; // the best of identity, per neuron and affine
};

// The activations of some pairs, of which resid_mid, pre and post are used.
using HiddenLayer = std::function<Activations(std::span<const Pair>)>;
Ablation ablate_relu(const Weights& weights, const HiddenLayer& hidden, const Split& split);
// Of the model's own hidden layer.
Ablation ablate_relu(const Weights& weights, const Split& split);

// The columns of W_in beside the o circle, in the planes of o.
struct ColumnsInPlane {
    int k = 0;
    Ring columns; // of the d_mlp columns of W_in: a ring has radius CV 0, an isotropic cloud about 0.52
    Ring circle;  // of the p vectors o at fixed a
    // The columns that are longer in this plane than in the plane of any other of the frequencies, and their
    // ring (NaN for fewer than three). They are a detail: the claim is about all columns.
    std::vector<Eigen::Index> tuned;
    Ring tuned_ring;
};
std::vector<ColumnsInPlane> columns_in_planes(const Weights& weights, const Eigen::MatrixXd& o,
                                              const std::vector<int>& frequencies);

// Everything that the section says of one set of weights.
struct MlpResults {
    std::vector<int> frequencies; // those that all members below are about
    PlaneAngles planes;
    HiddenSigns signs;
    double untrained_always_positive = 0; // HiddenSigns::always_positive before training
    Ablation ablation;
    std::vector<ColumnsInPlane> columns;
    std::vector<Circle> circles;      // of the hidden layer at fixed a
    std::optional<Circle> other_best; // the purest of those neither asked for nor active in W_E
    Superposition superposition;
    Eigen::MatrixXd o, post; // p x d_model and p x d_mlp, at fixed a, row b

    double least_columns_cv() const; // radius CV; NaN where there are no frequencies
    double largest_circle_cv() const;
};
MlpResults analyse_mlp(const Weights& weights, const Weights& untrained, const Split& split,
                       const std::vector<int>& frequencies, std::uint64_t seed);

} // namespace grokreport
