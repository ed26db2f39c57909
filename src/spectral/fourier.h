// The discrete Fourier basis over the p numbers, and which frequencies a matrix uses (section 5 of the post).
#pragma once

#include "model/weights.h"

#include <Eigen/Core>
#include <vector>

namespace grokreport {

// p x p, orthonormal columns: 1/sqrt(p), then for k = 1..(p-1)/2, the last one included, cos and sin of
// 2 pi k t / p, each normalised. Precondition: p odd.
Eigen::MatrixXd fourier_basis(int p);

// The columns of cos and sin of frequency k.
inline Eigen::Index cos_column(int k) {
    return 2 * k - 1;
}
inline Eigen::Index sin_column(int k) {
    return 2 * k;
}

// Share of the energy |cos coefficient|^2 + |sin coefficient|^2 at each frequency k = 1..(p-1)/2 (index k -
// 1), the constant term left out, for X with one row a number: p x d. Zeros where X is constant.
Eigen::VectorXd energy_shares(const Eigen::MatrixXd& X);

// Frequencies with an energy share above 2 %, ascending.
inline constexpr double active_share = 0.02;
std::vector<int> active_frequencies(const Eigen::VectorXd& shares);

// The rows of X less their mean: X without its constant term.
Eigen::MatrixXd centred(const Eigen::MatrixXd& X);

Eigen::MatrixXd number_embeddings(const Weights& weights); // W_E without '=': p x d_model
Eigen::MatrixXd decoder(const Weights& weights);           // W_L = (W_out W_U)^T without '=': p x d_mlp

// Active in both W_E and W_L, ascending.
std::vector<int> key_frequencies(const Weights& weights);

// The same frequencies, those with most energy in W_E first.
std::vector<int> frequencies_by_energy(const Weights& weights, std::vector<int> frequencies);

// The closed curve through the p points of Y (p x d) that has no frequency above (p-1)/2, sampled at 12 p + 1
// real numbers from 0 to p: trigonometric interpolation, for lines in figures.
Eigen::MatrixXd interpolated(const Eigen::MatrixXd& Y);

} // namespace grokreport
