// A model made by hand that reads its answer out as section 9 says: neurons with known phases, a decoder with
// twice these phases, and three ways for a key frequency to be read: with two heads tuned to it, with a
// circle at its double, and with neither.
#pragma once

#include "model/weights.h"

#include <array>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace grokreport::testing {

struct PlantedReadout {
    int p = 23;
    std::vector<int> key{2, 3, 11}; // 11 is the last frequency of p = 23
    int tuned = 2;                  // in `key`: two heads are tuned to it; 0: none
    int harmonic = 3;               // in `key`: W_E has a circle at its double; 0: none
    int neurons = 16;               // a frequency; even, so that |cos| is exact
    bool doubles_phase = true;      // else the decoder answers with the phase itself
    bool shuffled = false;          // decoder rows shuffled among the neurons of each frequency
    double place = 0;               // length of what each position adds to a token
    double turned = 0.3;            // phase of each frequency's first neuron, in steps between neurons

    int n_frequencies() const { return static_cast<int>(key.size()); }
    int d_mlp() const { return neurons * n_frequencies(); }
    double phase(int neuron) const { return 2 * std::numbers::pi * (neuron % neurons + turned) / neurons; }
    int frequency(int neuron) const { return key[static_cast<std::size_t>(neuron / neurons)]; }

    Weights weights() const;

  private:
    // Residual stream: a circle for each of K and one for the double; where three heads write; the answers;
    // '='.
    int circle(int i) const { return 2 * i; } // i = n_frequencies(): the double
    int squares() const { return 2 * (n_frequencies() + 1); }
    int answers() const { return squares() + 4; }
    int equals() const { return answers() + 2 * n_frequencies(); }
    int d_model() const { return equals() + 1; }

    void add_circle(Eigen::MatrixXd& X, int at, int k) const;
    void add_heads(Weights& weights) const;
    void add_neurons(Weights& weights) const;
};

inline void PlantedReadout::add_circle(Eigen::MatrixXd& X, int at, int k) const {
    for (int n = 0; n < p; ++n) {
        X(n, at) = std::cos(2 * std::numbers::pi * k * n / p);
        X(n, at + 1) = std::sin(2 * std::numbers::pi * k * n / p);
    }
}

// The first head looks at both numbers alike and moves all circles. The other two have cos and sin of the
// tuned frequency as their scores and move its circle x to places of their own; with alpha = 1/2 + beta/4
// (c_a - c_b) that is (x_a + x_b) / 2, which the first head takes away there, and beta/4 (c_a - c_b) (x_a -
// x_b).
inline void PlantedReadout::add_heads(Weights& weights) const {
    const int width = d_model();
    constexpr double beta = 0.5;
    int of_tuned = 0;
    for (int i = 0; i < n_frequencies(); ++i)
        if (key[static_cast<std::size_t>(i)] == tuned) of_tuned = circle(i);
    for (int head = 0; head < 3; ++head) {
        Eigen::MatrixXd W_Q = Eigen::MatrixXd::Zero(width, 1), W_K = W_Q;
        Eigen::MatrixXd W_V = Eigen::MatrixXd::Identity(width, width),
                        W_O = Eigen::MatrixXd::Zero(width, width);
        W_Q(equals(), 0) = 1;
        W_K(equals(), 0) = -40; // '=' does not look at itself
        if (head == 0) {
            W_O.topLeftCorner(squares(), squares()).setIdentity();
        } else if (tuned > 0) {
            W_K(of_tuned + head - 1, 0) = beta;
            for (int axis = 0; axis < 2; ++axis) {
                W_O(of_tuned + axis, squares() + 2 * (head - 1) + axis) = 4 / beta;
                weights.W_O[0](of_tuned + axis, squares() + 2 * (head - 1) + axis) = -4 / beta;
            }
        }
        weights.W_V.push_back(W_V);
        weights.W_O.push_back(W_O);
        weights.W_Q.push_back(W_Q);
        weights.W_K.push_back(W_K);
        // Scores are divided by the square root of d_head
        weights.W_Q.back().conservativeResizeLike(Eigen::MatrixXd::Zero(width, width));
        weights.W_K.back().conservativeResizeLike(Eigen::MatrixXd::Zero(width, width));
        weights.W_Q.back() *= std::sqrt(width);
    }
}

inline void PlantedReadout::add_neurons(Weights& weights) const {
    constexpr double second_order = 0.21; // about half the second harmonic of relu(2 cos)
    std::mt19937 random(5);
    for (int i = 0; i < n_frequencies(); ++i) {
        std::vector<int> order(static_cast<std::size_t>(neurons));
        for (int j = 0; j < neurons; ++j)
            order[static_cast<std::size_t>(j)] = j;
        if (shuffled) std::shuffle(order.begin(), order.end(), random);
        for (int j = 0; j < neurons; ++j) {
            const int neuron = i * neurons + j;
            const double in = phase(neuron),
                         out = (doubles_phase ? 2 : 1) * phase(order[static_cast<std::size_t>(j)]);
            // cos(w n + in), both numbers at half attention
            weights.W_in(circle(i), neuron) = 2 * std::cos(in);
            weights.W_in(circle(i) + 1, neuron) = -2 * std::sin(in);
            if (frequency(neuron) == harmonic) { // - cos 2(w n + in)
                weights.W_in(circle(n_frequencies()), neuron) = -2 * second_order * std::cos(2 * in);
                weights.W_in(circle(n_frequencies()) + 1, neuron) = 2 * second_order * std::sin(2 * in);
            }
            if (frequency(neuron) == tuned) { // - Re exp(2 i in) (z_a - z_b)^2
                const std::array square{std::cos(2 * in), -std::sin(2 * in), -std::sin(2 * in),
                                        -std::cos(2 * in)};
                for (int at = 0; at < 4; ++at)
                    weights.W_in(squares() + at, neuron) =
                        -second_order * square[static_cast<std::size_t>(at)];
            }
            weights.W_out(neuron, answers() + 2 * i) = std::cos(out);
            weights.W_out(neuron, answers() + 2 * i + 1) = -std::sin(out);
        }
    }
}

inline Weights PlantedReadout::weights() const {
    Weights weights;
    weights.W_E = Eigen::MatrixXd::Zero(p + 1, d_model());
    weights.W_U = Eigen::MatrixXd::Zero(d_model(), p + 1);
    weights.W_pos = Eigen::MatrixXd::Zero(3, d_model());
    for (int i = 0; i < n_frequencies(); ++i) {
        const int k = key[static_cast<std::size_t>(i)];
        add_circle(weights.W_E, circle(i), k);
        Eigen::MatrixXd decoded = Eigen::MatrixXd::Zero(p + 1, d_model());
        add_circle(decoded, answers() + 2 * i, k);
        weights.W_U += decoded.transpose();
    }
    if (harmonic > 0) add_circle(weights.W_E, circle(n_frequencies()), 2 * harmonic);
    weights.W_E(p, equals()) = 1;
    if (place > 0)
        for (int position = 0; position < 2; ++position) // not what '=' asks for
            weights.W_pos(position, circle(0) + position) = place;
    weights.W_in = Eigen::MatrixXd::Zero(d_model(), d_mlp());
    weights.b_in = Eigen::RowVectorXd::Zero(d_mlp());
    weights.W_out = Eigen::MatrixXd::Zero(d_mlp(), d_model());
    weights.b_out = Eigen::RowVectorXd::Zero(d_model());
    add_heads(weights);
    add_neurons(weights);
    weights.clear_further_biases();
    return weights;
}

} // namespace grokreport::testing
