// Matrices and weights whose answers are known, for the tests of the analyses.
#pragma once

#include "model/weights.h"
#include "spectral/planes.h"

#include <Eigen/Core>
#include <cmath>
#include <numbers>
#include <random>

namespace grokreport::testing {

inline constexpr int small_p = 11; // a modulus of which all pairs are few

inline Eigen::MatrixXd noise(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    return Eigen::MatrixXd::NullaryExpr(rows, columns, [&] { return normal(random); });
}

// p numbers on a circle of frequency k in the plane of two orthonormal axes (d x 2): p x d.
inline Eigen::MatrixXd circle_in(const Eigen::MatrixXd& axes, int p, int k) {
    Eigen::MatrixXd X(p, axes.rows());
    for (int t = 0; t < p; ++t) {
        const double angle = 2 * std::numbers::pi * k * t / p;
        X.row(t) = (std::cos(angle) * axes.col(0) + std::sin(angle) * axes.col(1)).transpose();
    }
    return X;
}

inline Weights random_weights(int p, int d_model, int n_heads, int d_head, int d_mlp) {
    Weights weights;
    weights.W_E = noise(p + 1, d_model, 1);
    weights.W_pos = Eigen::MatrixXd::Zero(3, d_model);
    for (int head = 0; head < n_heads; ++head) {
        const auto seed = static_cast<unsigned>(10 * head);
        weights.W_Q.push_back(noise(d_model, d_head, seed + 2));
        weights.W_K.push_back(noise(d_model, d_head, seed + 3));
        weights.W_V.push_back(noise(d_model, d_head, seed + 4));
        weights.W_O.push_back(noise(d_head, d_model, seed + 5));
    }
    weights.W_in = noise(d_model, d_mlp, 6);
    weights.b_in = noise(1, d_mlp, 7);
    weights.W_out = noise(d_mlp, d_model, 8);
    weights.b_out = noise(1, d_model, 9);
    weights.W_U = noise(d_model, p + 1, 10);
    weights.clear_further_biases();
    return weights;
}

} // namespace grokreport::testing
