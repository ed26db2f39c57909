// The textbook forward pass in double precision, with the activations that the analyses need. All are those
// at '='.
#pragma once

#include "model/dataset.h"
#include "model/pair_rows.h"
#include "model/scores.h"
#include "model/weights.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace grokreport {

// Row i belongs to pairs[i]. Names as the hooks of TransformerLens.
struct Activations {
    std::vector<Eigen::MatrixXd> attention; // n_heads of n_pairs x 3: attention to a, b and '='
    std::vector<Eigen::MatrixXd> z;         // n_heads of n_pairs x d_head
    Eigen::MatrixXd o;                      // n_pairs x d_model: sum of the outputs of the heads, and b_O
    Eigen::MatrixXd resid_mid;              // n_pairs x d_model: embedding of '=' plus o
    Eigen::MatrixXd pre;                    // n_pairs x d_mlp
    Eigen::MatrixXd post;                   // n_pairs x d_mlp: relu(pre), or pre without a ReLU
    Eigen::MatrixXd logits;                 // n_pairs x columns of W_U
};

// The forward pass of one model. What does not depend on the pair is computed once, so that all p^2 pairs can
// run part by part: a part takes memory in proportion to its pairs.
class ForwardPass {
  public:
    // Keeps a reference to the weights.
    ForwardPass(const Weights& weights, Variant variant);

    int p() const { return weights_.p(); }
    Activations at(std::span<const Pair> pairs) const;
    // All but the logits, which are left empty.
    Activations hidden(std::span<const Pair> pairs) const;
    // The summed output of the heads alone: n_pairs x d_model.
    Eigen::MatrixXd o(std::span<const Pair> pairs) const;
    // The attention alone: n_heads of n_pairs x 3.
    std::vector<Eigen::MatrixXd> attention(std::span<const Pair> pairs) const;
    // at.resid_mid and at.post are used.
    Eigen::MatrixXd logits(const Activations& at) const;

  private:
    Eigen::MatrixXd attention_of_head(int head, std::span<const Pair> pairs) const;
    // Attention, z and o.
    Activations heads(std::span<const Pair> pairs) const;

    const Weights& weights_;
    Variant variant_;
    std::vector<Eigen::MatrixXd> scores_; // n_heads of d_vocab x 3: of each token at each position
    std::vector<std::array<Eigen::MatrixXd, 3>> values_; // n_heads, by position: d_head x d_vocab
};

// Of pairs that are few enough to be there at once.
Activations activations(const Weights& weights, Variant variant, std::span<const Pair> pairs);

// Calls body(part) for parts of at most `pairs_at_once` pairs, in order.
inline constexpr std::size_t pairs_at_once = 1024;
template <typename Body>
void for_each_part(std::span<const Pair> pairs, const Body& body) {
    for (std::size_t first = 0; first < pairs.size(); first += pairs_at_once)
        body(pairs.subspan(first, std::min(pairs_at_once, pairs.size() - first)));
}

// Of all pairs. They keep a reference to `forward`.
PairRows pre_of_all(const ForwardPass& forward);
PairRows post_of_all(const ForwardPass& forward);
PairRows logits_of_all(const ForwardPass& forward);

} // namespace grokreport
