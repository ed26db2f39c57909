// The discrete Fourier basis over the p numbers, and the frequencies of a matrix (section 5 of the post).
#pragma once

#include "model/weights.h"

#include <Eigen/Core>
#include <vector>

namespace grokreport {

// p x p with orthonormal columns: the constant 1/sqrt(p), then for k = 1, ..., (p-1)/2 the normalised cos and
// sin of 2 pi k t / p. p: odd.
Eigen::MatrixXd fourier_basis(int p);

// The columns of cos and sin of frequency k.
inline Eigen::Index cos_column(int k) {
    return 2 * k - 1;
}
inline Eigen::Index sin_column(int k) {
    return 2 * k;
}

// 1, ..., (p-1)/2.
std::vector<int> all_frequencies(int p);

// Those frequencies that are not among the others, in their order.
std::vector<int> without(std::vector<int> frequencies, const std::vector<int>& others);

// |k| folded into 0..(p-1)/2: frequencies k, p - k, p + k are one over the integers.
int folded(int k, int p);

// Its columns cos and sin of frequency k alone: p x 2. k: 1..(p-1)/2.
Eigen::MatrixXd fourier_pair(int p, int k);

// The part of X at the frequencies: row t for t = 0..p-1. X: p x d.
Eigen::MatrixXd at_frequencies(const Eigen::MatrixXd& X, const std::vector<int>& frequencies);

// The share of the energy |cos coefficient|^2 + |sin coefficient|^2 of each frequency k = 1, ..., (p-1)/2 at
// index k - 1, without the constant term. The shares sum to 1, or are 0 where X is constant. X: p x d, row t
// for number t.
Eigen::VectorXd energy_shares(const Eigen::MatrixXd& X);

// The frequencies with an energy share above 2 %, ascending. shares: those of energy_shares().
inline constexpr double active_share = 0.02;
std::vector<int> active_frequencies(const Eigen::VectorXd& shares);

// X less the mean of its rows: X without its constant term.
Eigen::MatrixXd centred(const Eigen::MatrixXd& X);

Eigen::MatrixXd number_embeddings(const Weights& weights); // W_E without '=': p x d_model
Eigen::MatrixXd decoder(const Weights& weights);           // W_L = (W_out W_U)^T without '=': p x d_mlp

// The frequencies that are active in both W_E and W_L, ascending.
std::vector<int> key_frequencies(const Weights& weights);

// The frequencies in descending order of their energy in W_E.
std::vector<int> frequencies_by_energy(const Weights& weights, std::vector<int> frequencies);

// Trigonometric interpolation, for lines in figures: the closed curve through the p points of Y (p x d)
// without frequencies above (p-1)/2, at 12 p + 1 equidistant arguments from 0 to p: (12 p + 1) x d.
Eigen::MatrixXd interpolated(const Eigen::MatrixXd& Y);

} // namespace grokreport
