// The textbook forward pass in double precision, with the activations that the analyses need. All are those
// at '='.
#pragma once

#include "model/dataset.h"
#include "model/weights.h"

#include <span>

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

Activations activations(const Weights& weights, Variant variant, std::span<const Pair> pairs);

// The p of a matrix that has one row for each of all p^2 pairs.
int modulus_of(const Eigen::MatrixXd& of_all);

// The rows of `of_all` that belong to `pairs`. of_all: p^2 rows, in the order of all_pairs(p).
Eigen::MatrixXd rows_of_pairs(const Eigen::MatrixXd& of_all, std::span<const Pair> pairs, int p);

// Share of rows whose largest logit is that of the answer; a tie counts for the smaller token. logits: row i
// for pairs[i]. NaN without pairs.
double accuracy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p);

// Mean of -log softmax(logits)[answer], nats. NaN without pairs.
double mean_cross_entropy(const Eigen::MatrixXd& logits, std::span<const Pair> pairs, int p);

} // namespace grokreport
