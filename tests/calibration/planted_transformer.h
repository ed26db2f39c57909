// A transformer with circles, tuned heads and a decoder by construction, drawn at random, for sections 5
// to 7.
#pragma once

#include "model/fixed_number.h"
#include "model/weights.h"
#include "support/calibration.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace grokreport::testing {

inline constexpr double full_turn = 2 * std::numbers::pi;

// What the attention of a head depends on. For k > 0 the score of number t is
//     strength * radius * cos(2 pi k (t - a) / p - phase),
// with a = fixed_number(p) and the radius of the circle of k: with phase 0 no number scores above a, with
// half a turn none below. For k = 0 it is a random number of each token.
struct PlantedHead {
    int k = 0;
    double strength = 1, phase = 0;
    bool sees_equals = false; // else nothing goes to '='
};

struct PlantedTransformer {
    int p = 113, d_model = 128, d_head = 32, d_mlp = 16;
    std::vector<int> key{}, idle{}; // frequencies: of circles in W_E and W_L, and in W_E alone
    std::vector<int> decoded{};     // frequencies of W_L, where they are not those of `key`
    double ratio = 1;               // second over first axis of the circles of W_E
    int hidden = 0;                 // a circle of little energy in W_E, of none where 0
    double decoder_leak = 0;        // amplitude of another wave in the planes of W_L
    double noise = 0.01;
    std::vector<PlantedHead> heads{};
    bool keeps_planes = false; // W_V W_O leaves the circles in their planes, else it moves them
    double flattened = 1;      // length of the second axis of the first circle after W_V W_O

    Weights draw(Draw& random) const;
};

// Numbers on an ellipse of frequency k in two axes: p x d.
inline Eigen::MatrixXd ring(int p, int k, double radius, double ratio, double phase,
                            const Eigen::MatrixXd& axes) {
    Eigen::MatrixXd X(p, axes.rows());
    for (int t = 0; t < p; ++t) {
        const double angle = full_turn * k * t / p + phase;
        X.row(t) =
            radius * (std::cos(angle) * axes.col(0) + ratio * std::sin(angle) * axes.col(1)).transpose();
    }
    return X;
}

inline Weights PlantedTransformer::draw(Draw& random) const {
    std::vector<int> circles = key;
    circles.insert(circles.end(), idle.begin(), idle.end());
    const auto n = static_cast<Eigen::Index>(circles.size());
    // Axes: two a circle, two of the hidden one, one of '=', one with a random number of each token, and two
    // a circle for the planes to which heads move them
    const Eigen::MatrixXd axes = random.axes(d_model, 4 * n + 4);
    const Eigen::VectorXd equals = axes.col(2 * n + 2), own = axes.col(2 * n + 3);

    Weights weights;
    weights.W_E = random.normal(p + 1, d_model, noise);
    weights.W_pos = Eigen::MatrixXd::Zero(3, d_model);
    double energy = 0;
    std::vector<double> phases;
    for (Eigen::Index i = 0; i < n; ++i) {
        const double radius = random.uniform(0.8, 1.2);
        phases.push_back(random.uniform(0, full_turn));
        energy += radius * radius;
        weights.W_E.topRows(p) += ring(p, circles[static_cast<std::size_t>(i)], radius, ratio, phases.back(),
                                       axes.middleCols(2 * i, 2));
    }
    if (hidden > 0)
        weights.W_E.topRows(p) += ring(p, hidden, std::sqrt(0.015 * energy), 1, 0, axes.middleCols(2 * n, 2));
    for (const PlantedHead& head : heads)
        if (head.k == 0) {
            Eigen::VectorXd numbers = random.normal(p, 1, 0.3);
            numbers[fixed_number(p)] = 0; // else all attention may go to one side
            weights.W_E.topRows(p) += numbers * own.transpose();
            break;
        }
    weights.W_E -= Eigen::MatrixXd(weights.W_E * equals) * equals.transpose(); // heads look away from '='
    weights.W_E.row(p) = equals.transpose();

    // W_L: a circle of each frequency in two directions of the hidden layer
    const std::vector<int>& of_decoder = decoded.empty() ? key : decoded;
    weights.W_U = random.normal(d_model, p + 1, noise);
    for (std::size_t i = 0; i < of_decoder.size(); ++i) {
        Eigen::MatrixXd pair = Eigen::MatrixXd::Zero(d_model, 2);
        pair(2 * static_cast<Eigen::Index>(i), 0) = pair(2 * static_cast<Eigen::Index>(i) + 1, 1) = 1;
        const int k = of_decoder[i], other = k % ((p - 1) / 2) + 1;
        weights.W_U.leftCols(p) += ring(p, k, 1, 1, random.uniform(0, full_turn), pair).transpose();
        weights.W_U.leftCols(p) += ring(p, other, decoder_leak, 1, 0, pair).transpose();
    }
    // d_mlp x d_model: the first dimensions are enough for all circles
    weights.W_out = Eigen::MatrixXd::Zero(d_mlp, d_model);
    const int used = std::min(d_mlp, d_model);
    weights.W_out.leftCols(used) = random.axes(d_mlp, used);
    weights.b_out = Eigen::RowVectorXd::Zero(d_model);
    weights.W_in = random.normal(d_model, d_mlp, 0.1);
    weights.b_in = Eigen::RowVectorXd::Zero(d_mlp);

    // Heads: the planes of all circles go into the first dimensions, and from there to new directions
    Eigen::MatrixXd W_V = random.normal(d_model, d_head, 0.01), W_O = random.normal(d_head, d_model, 0.01);
    const Eigen::MatrixXd moved = keeps_planes ? axes.leftCols(2 * n) : axes.rightCols(2 * n);
    for (Eigen::Index i = 0; i < 2 * n; ++i) {
        W_V.col(i) = axes.col(i);
        W_O.row(i) = (i == 1 ? flattened : 1) * moved.col(i).transpose();
    }
    for (const PlantedHead& head : heads) {
        Eigen::MatrixXd W_Q = Eigen::MatrixXd::Zero(d_model, d_head), W_K = W_Q;
        W_Q.col(0) = std::sqrt(d_head) * equals;
        const auto at = std::find(circles.begin(), circles.end(), head.k) - circles.begin();
        if (head.k > 0) {
            const double angle = phases.at(static_cast<std::size_t>(at)) +
                                 full_turn * head.k * fixed_number(p) / p + head.phase;
            W_K.col(0) =
                head.strength * (std::cos(angle) * axes.col(2 * at) + std::sin(angle) * axes.col(2 * at + 1));
        } else {
            W_K.col(0) = head.strength / 0.3 * own;
        }
        if (!head.sees_equals) W_K.col(0) -= 40 * equals;
        weights.W_Q.push_back(W_Q);
        weights.W_K.push_back(W_K);
        weights.W_V.push_back(W_V);
        weights.W_O.push_back(W_O);
    }
    weights.clear_further_biases();
    return weights;
}

} // namespace grokreport::testing
