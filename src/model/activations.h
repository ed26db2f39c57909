// The textbook forward pass in double precision, keeping what the analyses look at: everything at '='.
#pragma once

#include "model/dataset.h"
#include "model/weights.h"

#include <span>

namespace grokreport {

// Row i belongs to pairs[i]; names as TransformerLens hooks, all at the position of '='.
struct Activations {
    std::vector<Eigen::MatrixXd> attention; // n_heads of pairs x 3: attention to a, b and '='
    std::vector<Eigen::MatrixXd> z;         // n_heads of pairs x d_head
    Eigen::MatrixXd o;                      // pairs x d_model: summed output of the heads
    Eigen::MatrixXd resid_mid;              // pairs x d_model: embedding of '=' plus o
    Eigen::MatrixXd pre;                    // pairs x d_mlp
    Eigen::MatrixXd post;                   // pairs x d_mlp: relu(pre), or pre without a ReLU
    Eigen::MatrixXd logits;                 // pairs x d_vocab (d_vocab_out: weights.h)
};

Activations activations(const Weights& weights, Variant variant, std::span<const Pair> pairs);

// Share of rows whose largest logit is the answer; NaN where there is no pair.
double accuracy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p);

// Mean of -log softmax(logits)[answer], nats; NaN where there is no pair.
double mean_cross_entropy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p);

} // namespace grokreport
