// Section 8: the hidden layer and the decoder.
#include "calibration/planted_transformer.h"
#include "model/dataset.h"
#include "sections/decoder/claims.h"
#include "sections/mlp/claims.h"
#include "spectral/fourier.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

constexpr int d_model = 128, d_mlp = 512, narrow = 128;
const std::vector<int> any_modulus{59, 71, 83, 113};

void calibrate_mlp(const std::string& id, bool is_true, const std::string& model, Cost cost,
                   const std::function<MlpResults(Draw&)>& plant) {
    calibrate<MlpResults>(mlp_claims({}), {id}, is_true, model, cost, plant);
}

// Circles of some frequencies in orthonormal axes of d dimensions, with noise: p x d.
Eigen::MatrixXd circles_with_noise(Draw& random, int p, const std::vector<int>& frequencies, int d,
                                   double noise_deviation, double leak = 0) {
    const auto n = static_cast<Eigen::Index>(frequencies.size());
    const Eigen::MatrixXd axes = random.axes(d, 2 * n);
    Eigen::MatrixXd X = random.normal(p, d, noise_deviation);
    for (Eigen::Index i = 0; i < n; ++i) {
        const int k = frequencies[static_cast<std::size_t>(i)], other = k % ((p - 1) / 2) + 1;
        const double radius = random.uniform(0.8, 1.2), phase = random.uniform(0, full_turn);
        X += ring(p, k, radius, 1, phase, axes.middleCols(2 * i, 2));
        X += ring(p, other, leak, 1, 0, axes.middleCols(2 * i, 2));
    }
    return X;
}

// Pre-activations with given biases: pairs x d_mlp.
MlpResults signs_of(Draw& random, const Eigen::RowVectorXd& biases) {
    constexpr int n_pairs = 45 * 45;
    Weights weights;
    weights.W_in = Eigen::MatrixXd::Zero(1, biases.size());
    weights.b_in = biases;
    Eigen::MatrixXd pre = random.normal(n_pairs, biases.size(), 1);
    pre.rowwise() += biases;
    MlpResults results;
    results.signs = hidden_signs(weights, pre);
    weights.W_in = Eigen::MatrixXd::Zero(1, 64);
    weights.b_in.setZero(64);
    results.untrained_always_positive = hidden_signs(weights, random.normal(n_pairs, 64, 1)).always_positive;
    return results;
}

MlpResults columns_of(Draw& random, bool on_ring) {
    const int p = random.one_of(any_modulus);
    const std::vector<int> key = random.frequencies(4, p);
    const Eigen::MatrixXd o = circles_with_noise(random, p, key, d_model, 0.005);
    Weights weights;
    weights.W_in = random.normal(d_model, d_mlp, 0.1);
    const Eigen::MatrixXd plane = plane_of(o, key[1]).orthonormal;
    if (on_ring) // columns that point along o's circle of one key frequency, at equal lengths
        for (int column = 0; column < d_mlp; ++column) {
            const double angle = random.uniform(0, full_turn);
            weights.W_in.col(column) +=
                random.uniform(0.9, 1.1) * (std::cos(angle) * plane.col(0) + std::sin(angle) * plane.col(1));
        }
    MlpResults results;
    results.columns = columns_in_planes(weights, o, key);
    return results;
}

MlpResults superposed(Draw& random, bool own_axes) {
    const int p = random.one_of(any_modulus);
    const std::vector<int> key = random.frequencies(random.whole(3, 5), p);
    MlpResults results;
    Eigen::MatrixXd W_L;
    if (own_axes) {
        W_L = random.axes(narrow, p).transpose();
        W_L += random.normal(p, narrow, 0.005);
    } else {
        W_L = circles_with_noise(random, p, key, narrow, 0.005);
    }
    results.superposition = superposition(W_L, key, 1);
    return results;
}

// A hidden layer behind circles of a + b, which stand in resid_mid already, with biases of one size: with
// large ones the ReLU cuts nothing off, with none it halves every neuron.
MlpResults affine_results(Draw& random, double bias) {
    const Config config{.seed = static_cast<std::uint64_t>(random.whole(0, 1000)),
                        .p = random.one_of(std::vector<int>{23, 29, 31})};
    const int p = config.p;
    const std::vector<int> key = random.frequencies(4, p);
    const std::vector<Pair> pairs = all_pairs(p);
    const auto n = static_cast<Eigen::Index>(pairs.size());
    Eigen::MatrixXd waves(n, 8), answers(8, p + 1);
    answers.setZero();
    for (int i = 0; i < 4; ++i) {
        const double w = full_turn * key[static_cast<std::size_t>(i)] / p;
        for (Eigen::Index row = 0; row < n; ++row) {
            const Pair pair = pairs[static_cast<std::size_t>(row)];
            // Without a bias the circle of the sum is there only in what the ReLU makes of the halves
            const double sum = bias > 0 ? w * (pair.a + pair.b) : w / 2 * (pair.a + pair.b);
            waves(row, 2 * i) = std::cos(sum) * (bias > 0 ? 1 : std::cos(w / 2 * (pair.a - pair.b)));
            waves(row, 2 * i + 1) = std::sin(sum) * (bias > 0 ? 1 : std::cos(w / 2 * (pair.a - pair.b)));
        }
        for (int c = 0; c < p; ++c) {
            answers(2 * i, c) = std::cos(w * c);
            answers(2 * i + 1, c) = std::sin(w * c);
        }
    }
    constexpr int neurons = 64;
    Weights weights = random_weights(p, 8, 1, 2, neurons);
    Activations all;
    all.resid_mid = waves;
    weights.W_in = Eigen::MatrixXd::Zero(8, neurons);
    Eigen::MatrixXd out = Eigen::MatrixXd::Zero(neurons, 8);
    for (int neuron = 0; neuron < neurons; ++neuron) {
        const int i = neuron % 4;
        const double angle = full_turn * (neuron / 4) / (neurons / 4), read = bias > 0 ? angle : 2 * angle;
        weights.W_in(2 * i, neuron) = std::cos(angle);
        weights.W_in(2 * i + 1, neuron) = std::sin(angle);
        out(neuron, 2 * i) = std::cos(read);
        out(neuron, 2 * i + 1) = std::sin(read);
    }
    weights.b_in = Eigen::RowVectorXd::Constant(neurons, bias);
    all.pre = (waves * weights.W_in).rowwise() + weights.b_in;
    all.post = all.pre.cwiseMax(0);
    weights.W_out = out;
    weights.b_out = Eigen::RowVectorXd::Zero(8);
    weights.W_U = answers;
    all.resid_mid *= 0.01; // the answer goes through the hidden layer
    MlpResults results;
    const auto hidden = [&](std::span<const Pair> of) {
        std::vector<Eigen::Index> rows;
        for (const Pair& pair : of)
            rows.push_back(pair.a * p + pair.b);
        Activations at;
        at.resid_mid = all.resid_mid(rows, Eigen::all);
        at.pre = all.pre(rows, Eigen::all);
        at.post = all.post(rows, Eigen::all);
        return at;
    };
    results.ablation = ablate_relu(weights, hidden, split_pairs(config));
    return results;
}

MlpResults preserved(Draw& random, double leak) {
    const int p = random.one_of(any_modulus);
    const std::vector<int> key = random.frequencies(random.whole(3, 4), p);
    const Eigen::MatrixXd post =
        circles_with_noise(random, p, key, narrow, random.uniform(0.001, 0.005), leak);
    MlpResults results;
    results.circles = circles_of(post, key, 1);
    for (int k = 1; k <= (p - 1) / 2 && !results.other_best; ++k)
        if (std::ranges::find(key, k) == key.end()) results.other_best = circle_of(post, k, 1);
    return results;
}

// W_L beside the embeddings of the answers: rows turned by an angle in every plane.
DecoderResults turned(Draw& random, double degrees) {
    const int p = random.one_of(any_modulus);
    const std::vector<int> key = random.frequencies(4, p);
    const Eigen::MatrixXd axes = random.axes(d_mlp, 8);
    Eigen::MatrixXd embeddings = random.normal(p, d_mlp, 0.003), W_L = random.normal(p, d_mlp, 0.003);
    for (int i = 0; i < 4; ++i) {
        const int k = key[static_cast<std::size_t>(i)];
        const double phase = random.uniform(0, full_turn);
        embeddings += ring(p, k, random.uniform(0.8, 1.2), 1, phase, axes.middleCols(2 * i, 2));
        W_L += ring(p, k, random.uniform(0.8, 1.2), 1, phase + degrees / 360 * full_turn,
                    axes.middleCols(2 * i, 2));
    }
    const Eigen::MatrixXd points = centred(embeddings);
    DecoderResults results;
    results.aligned = alignments(W_L, points, key);
    results.permuted = permuted_alignments(W_L, points, key, 1);
    return results;
}

// Logits made of cosines of a + b - c at n frequencies, with noise.
DecoderResults cosine_logits(Draw& random, int n) {
    const int p = random.one_of(std::vector<int>{23, 29, 31, 37});
    const std::vector<int> key = random.frequencies(n, p);
    const std::vector<Pair> pairs = all_pairs(p);
    Eigen::MatrixXd logits = random.normal(p * p, p + 1, n == 1 ? 1e-4 : 0.05);
    for (const int k : key)
        for (std::size_t row = 0; row < pairs.size(); ++row)
            for (int c = 0; c < p; ++c)
                logits(static_cast<Eigen::Index>(row), c) +=
                    std::cos(full_turn * k * (pairs[row].a + pairs[row].b - c) / p);
    // One circle among many is crossed by noise that stands at its own frequency
    if (n > 1)
        for (const int k : key)
            for (std::size_t row = 0; row < pairs.size(); ++row)
                for (int c = 0; c < p; ++c)
                    logits(static_cast<Eigen::Index>(row), c) +=
                        0.3 * std::cos(full_turn * k * pairs[row].a / p + 3.0 * c * c) *
                        std::cos(full_turn * k * pairs[row].b / p + 5.0 * c);
    DecoderResults results;
    results.circles = scores_by_circle(logits, key);
    return results;
}

} // namespace

TEST_CASE("calibration: neurons and their signs", "[calibration]") {
    const auto biases = [](Draw& random, int neurons, double low, double high) {
        Eigen::RowVectorXd drawn(neurons);
        for (double& bias : drawn)
            bias = random.uniform(low, high);
        return drawn;
    };
    calibrate_mlp("mlp.few-negative-biases", true, "biases from -0.2 to 1 deviations", Cost::cheap,
                  [&](Draw& random) { return signs_of(random, biases(random, d_mlp, -0.2, 1)); });
    calibrate_mlp("mlp.few-negative-biases", false, "biases from -2 to 1 deviations", Cost::cheap,
                  [&](Draw& random) { return signs_of(random, biases(random, d_mlp, -2, 1)); });
    calibrate_mlp("mlp.positive-orthant", true, "biases of 2.5 to 4 deviations", Cost::cheap,
                  [&](Draw& random) { return signs_of(random, biases(random, d_mlp, 2.5, 4)); });
    calibrate_mlp("mlp.positive-orthant", false, "biases of 0 to 2.5 deviations", Cost::cheap,
                  [&](Draw& random) { return signs_of(random, biases(random, d_mlp, 0, 2.5)); });
}

TEST_CASE("calibration: the hidden layer", "[calibration]") {
    calibrate_mlp("mlp.columns-unaligned", true, "columns in random directions", Cost::cheap,
                  [](Draw& random) { return columns_of(random, false); });
    calibrate_mlp("mlp.columns-unaligned", false, "columns on the circle of one key frequency", Cost::cheap,
                  [](Draw& random) { return columns_of(random, true); });
    calibrate_mlp("superposition.none", true, "each answer on an axis of its own", Cost::cheap,
                  [](Draw& random) { return superposed(random, true); });
    calibrate_mlp("superposition.none", false, "all answers on three to five circles", Cost::cheap,
                  [](Draw& random) { return superposed(random, false); });
    calibrate_mlp("mlp.affine", true, "biases so large that the ReLU cuts nothing off", Cost::cheap,
                  [](Draw& random) { return affine_results(random, random.uniform(5, 10)); });
    calibrate_mlp("mlp.affine", false, "a product that the ReLU makes", Cost::cheap,
                  [](Draw& random) { return affine_results(random, 0); });
    calibrate_mlp("mlp.circles-preserved", true, "circles of three or four frequencies with noise",
                  Cost::dear, [](Draw& random) { return preserved(random, 0); });
    calibrate_mlp("mlp.circles-preserved", false, "a second wave in the planes of the circles", Cost::dear,
                  [](Draw& random) { return preserved(random, random.uniform(0.5, 1)); });
}

TEST_CASE("calibration: the decoder", "[calibration]") {
    const auto claims = decoder_claims({});
    calibrate<DecoderResults>(claims, {"decoder.aligned"}, true, "rows within 15 degrees of the embeddings",
                              Cost::cheap,
                              [](Draw& random) { return turned(random, random.uniform(0, 15)); });
    calibrate<DecoderResults>(claims, {"decoder.aligned"}, false, "rows turned by 40 to 180 degrees",
                              Cost::cheap,
                              [](Draw& random) { return turned(random, random.uniform(40, 180)); });
    calibrate<DecoderResults>(claims, {"decoder.one-circle-is-not-enough"}, true,
                              "logits of five circles, each disturbed", Cost::dear,
                              [](Draw& random) { return cosine_logits(random, 5); });
    calibrate<DecoderResults>(claims, {"decoder.one-circle-is-not-enough"}, false,
                              "logits of one undisturbed circle", Cost::dear,
                              [](Draw& random) { return cosine_logits(random, 1); });
}
