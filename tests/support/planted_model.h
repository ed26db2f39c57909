// A model made by hand that does what sections 5 and 6 of the post describe: two key frequencies in W_E and
// W_L, a third in W_E alone, and one head tuned to each key frequency.
#pragma once

#include "model/weights.h"

#include <cmath>
#include <numbers>
#include <random>
#include <tuple>

namespace grokreport::testing {

struct PlantedModel {
    int p = 59;
    int first = 4, second = 29; // key; 29 is the last frequency of p = 59
    int idle = 11;
    double noise = 0.01;
    double idle_width = 0; // sine over cosine of the idle frequency: a line, unless told

    Weights weights() const {
        constexpr int d_model = 12, d_head = 3, d_mlp = 5, n_heads = 2;
        constexpr int equals_direction = 6;
        std::mt19937 random(3);
        std::normal_distribution<double> normal(0, noise);
        const auto noisy = [&](int rows, int cols) -> Eigen::MatrixXd {
            return Eigen::MatrixXd::NullaryExpr(rows, cols, [&] { return normal(random); });
        };
        const auto turn = [&](int k, int n) { return 2 * std::numbers::pi * k * n / p; };

        Weights weights;
        weights.W_E = noisy(p + 1, d_model);
        weights.W_pos = Eigen::MatrixXd::Zero(3, d_model);
        weights.W_U = noisy(d_model, p + 1);
        for (int n = 0; n < p; ++n) {
            int direction = 0;
            for (const auto& [k, radius, width, decoded] :
                 {std::tuple{first, 1.0, 1.0, 1.0}, std::tuple{second, 1.0, 1.0, 1.0},
                  std::tuple{idle, 0.4, idle_width, 0.0}}) {
                weights.W_E(n, direction) += radius * std::cos(turn(k, n));
                weights.W_E(n, direction + 1) += radius * width * std::sin(turn(k, n));
                weights.W_U(direction, n) += decoded * std::cos(turn(k, n));
                weights.W_U(direction + 1, n) += decoded * std::sin(turn(k, n));
                direction += 2;
            }
        }
        weights.W_E(p, equals_direction) = 1;
        for (int head = 0; head < n_heads; ++head) {
            Eigen::MatrixXd W_Q = Eigen::MatrixXd::Zero(d_model, d_head), W_K = W_Q;
            W_Q(equals_direction, 0) = 3;
            W_K(2 * head, 0) = 1;           // the cosine of one frequency
            W_K(equals_direction, 0) = -20; // '=' does not look at itself
            weights.W_Q.push_back(W_Q);
            weights.W_K.push_back(W_K);
            weights.W_V.push_back(noisy(d_model, d_head));
            weights.W_O.push_back(noisy(d_head, d_model));
        }
        weights.W_in = noisy(d_model, d_mlp);
        weights.b_in = Eigen::RowVectorXd::Zero(d_mlp);
        weights.W_out = Eigen::MatrixXd::Zero(d_mlp, d_model);
        weights.W_out.leftCols(d_mlp).setIdentity();
        weights.b_out = Eigen::RowVectorXd::Zero(d_model);
        weights.clear_further_biases();
        return weights;
    }
};

} // namespace grokreport::testing
