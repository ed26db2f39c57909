#include "sections/readout/replacements.h"

#include "spectral/fourier.h"
#include "support/exact.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::PlantedReadout;

namespace {

struct Replaced {
    Replaced(const Weights& weights, const std::vector<int>& key)
        : at_equals(activations(weights, Variant::relu, all_pairs(weights.p()))) {
        const LogitPaths paths(weights);
        const PairMeans pre = pair_means(at_equals.pre);
        const WrittenDecoders decoders = write_decoders(neuron_waves(pre, paths.W_L(), key), paths.W_L(), 0);
        SquareScale square;
        square.add(at_equals.pre);
        ReplacementScoring scoring(
            {.paths = paths,
             .pre = pre,
             .decoders = decoders,
             .frequencies = key,
             .square_scale = square.scale(),
             .mean_attention = logits_with_attention(weights, held_at_mean(at_equals.attention))});
        for (int a = 0; a < weights.p(); ++a) {
            const Activations of_a = activations(weights, Variant::relu, pairs_of_number(a, weights.p()));
            scoring.add(a, of_a, logits_of(paths, of_a));
        }
        scores = scoring.scores();
    }

    Activations at_equals; // of all pairs
    Replacements scores;
};

// A_k cos w_k(a + b - c), and something that is the same for all pairs: p^2 x p.
Eigen::MatrixXd cosine_logits(int p, const std::vector<int>& key, const std::vector<double>& amplitudes) {
    Eigen::MatrixXd logits(p * p, p);
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            for (int c = 0; c < p; ++c) {
                logits(a * p + b, c) = 0.3 * c * c;
                for (std::size_t at = 0; at < key.size(); ++at)
                    logits(a * p + b, c) +=
                        amplitudes[at] * std::cos(2 * std::numbers::pi * key[at] * (a + b - c) / p);
            }
    return logits;
}

} // namespace

TEST_CASE("both paths add up to the logits", "[readout]") {
    Weights weights = testing::random_weights(7, 6, 2, 3, 8);
    weights.W_pos = testing::noise(3, 6, 50);
    const Activations at_equals = activations(weights, Variant::relu, all_pairs(7));
    const LogitPaths paths(weights);
    const PairLogits parts = logits_of(paths, at_equals);
    const Eigen::MatrixXd logits = at_equals.logits.leftCols(7), W_L = decoder(weights).transpose();
    const auto is_same = [](const Eigen::MatrixXd& X, const Eigen::MatrixXd& Y) {
        return (X - Y).norm() < exact * Y.norm();
    };
    CHECK(is_same(paths.W_L().transpose(), W_L));
    CHECK(is_same(parts.direct + paths.mlp_path(at_equals.post * W_L), logits));
    CHECK(is_same(parts.mlp, at_equals.post * W_L));
    CHECK(is_same(parts.direct, at_equals.resid_mid * weights.W_U.leftCols(7)));
    // relu(x) = x / 2 + |x| / 2
    CHECK(is_same(parts.mlp - 0.5 * parts.identity, 0.5 * at_equals.pre.cwiseAbs() * W_L));
}

TEST_CASE("cosines of a + b - c are found with their amplitudes, the last frequency included", "[readout]") {
    const int p = 11;
    const Eigen::MatrixXd logits = cosine_logits(p, {1, 5}, {2, 3});
    const CosineFit both = fit_cosines(logits, {1, 5}), one = fit_cosines(logits, {5}),
                    other = fit_cosines(logits, {2});
    CHECK_THAT(both.share, WithinAbs(1, exact));
    CHECK_THAT(both.amplitude[0], WithinAbs(2, exact));
    CHECK_THAT(both.amplitude[1], WithinAbs(3, exact));
    CHECK(both.alone.accuracy == 1);
    CHECK_THAT(both.at_offset(p)[0], WithinAbs(5, exact));
    CHECK_THAT(one.share, WithinAbs(9.0 / 13, exact));
    CHECK_THAT(other.share, WithinAbs(0, exact));
    const double offset_by_two =
        2 * std::cos(4 * std::numbers::pi / p) + 3 * std::cos(20 * std::numbers::pi / p);
    CHECK_THAT(both.at_offset(p)[2], WithinAbs(offset_by_two, exact));
}

TEST_CASE("cosines are fitted by least squares", "[readout]") {
    const int p = 7;
    const Eigen::MatrixXd logits = testing::noise(p * p, p + 1, 3);
    const CosineFit fit = fit_cosines(logits, {1, 3});
    const Eigen::MatrixXd numbers = logits.leftCols(p),
                          centred_logits = numbers.rowwise() - numbers.colwise().mean();
    const auto left = [&](double first, double second) {
        const Eigen::MatrixXd cosines = cosine_logits(p, {1, 3}, {first, second}),
                              nothing = cosine_logits(p, {}, {});
        return (centred_logits - (cosines - nothing)).squaredNorm();
    };
    const double least = left(fit.amplitude[0], fit.amplitude[1]);
    CHECK(least < left(fit.amplitude[0] + 1e-3, fit.amplitude[1]));
    CHECK(least < left(fit.amplitude[0], fit.amplitude[1] - 1e-3));
    CHECK_THAT(fit.share, WithinAbs(1 - least / centred_logits.squaredNorm(), exact));
}

TEST_CASE("logits that do not vary have no share; without frequencies there is no fit", "[readout]") {
    CHECK(std::isnan(fit_cosines(Eigen::MatrixXd::Constant(49, 7, 0.1), {1}).share));
    const CosineFit none = fit_cosines(testing::noise(49, 7, 4), {});
    CHECK(std::isnan(none.share));
    CHECK(std::isnan(none.alone.accuracy));
}

TEST_CASE("the planted model answers through its MLP, by its even half and with the written decoder",
          "[readout]") {
    const PlantedReadout planted{.key = {2, 3, 7, 11}, .tuned = 0, .harmonic = 0};
    const Replacements scores = Replaced(planted.weights(), planted.key).scores;
    CHECK(scores.trained.accuracy == 1);
    CHECK(scores.mlp_alone.accuracy == 1);
    CHECK(scores.direct_alone.accuracy < 0.1); // it has no direct path
    CHECK(scores.even_half.accuracy > 0.9);
    CHECK(scores.affine_half.accuracy < 0.5);
    CHECK(scores.written.accuracy > 0.95);
    CHECK(scores.written_single.accuracy < 0.5);
    CHECK(scores.second_order.accuracy > 0.95);
    // Without a direct path it makes no difference
    CHECK(scores.one_number.accuracy == scores.one_number_with_direct.accuracy);
    CHECK(scores.written.accuracy == scores.written_with_direct.accuracy);
}

TEST_CASE("without the second order of the pre-activations the loss is larger", "[readout]") {
    const PlantedReadout planted;
    const Replacements scores = Replaced(planted.weights(), planted.key).scores;
    CHECK(2 * scores.second_order.cross_entropy < scores.one_number.cross_entropy);
}

TEST_CASE("a decoder of single phases answers little, and is not written down", "[readout]") {
    PlantedReadout planted;
    planted.doubles_phase = false;
    const Replacements scores = Replaced(planted.weights(), planted.key).scores;
    CHECK(scores.trained.accuracy < 0.5);
}

TEST_CASE("the scale of the square is the one nearest to the ReLU", "[readout]") {
    const Replaced replaced(testing::random_weights(7, 6, 2, 3, 8), {1});
    const Eigen::MatrixXd& pre = replaced.at_equals.pre;
    const auto left = [&](double scale) { return (pre.cwiseMax(0.0) - scale * pre.cwiseAbs2()).norm(); };
    const double scale = replaced.scores.square_scale;
    CHECK(left(scale) < left(1.01 * scale));
    CHECK(left(scale) < left(0.99 * scale));
}

TEST_CASE("without frequencies the scores of K have no value", "[readout]") {
    const Replacements scores = Replaced(testing::random_weights(7, 6, 2, 3, 8), {}).scores;
    CHECK(std::isfinite(scores.trained.accuracy));
    CHECK(std::isfinite(scores.even_half.accuracy));
    CHECK(std::isnan(scores.written.accuracy));
    CHECK(std::isnan(scores.one_number.accuracy));
    CHECK(std::isnan(scores.second_order.cross_entropy));
    CHECK(std::isnan(scores.from_phases.accuracy));
}
