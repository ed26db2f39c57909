// The analyses on a model with a positional embedding, where a token has another embedding at each position.
#include "model/activations.h"
#include "model/fixed_number.h"
#include "sections/attention/analysis.h"
#include "sections/petals/claims.h"
#include "spectral/planes.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <numbers>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::noise;
using grokreport::testing::random_weights;

namespace {

constexpr int modulus = 13;

// W_V is invertible, so that z in a plane of W_E is what the heads mix there.
Weights with_positions() {
    constexpr int d_model = 6;
    Weights weights = random_weights(modulus, d_model, 2, d_model, 5);
    weights.W_E *= 0.4; // attention that is not all at one token
    weights.W_pos = 0.5 * noise(3, d_model, 21);
    return weights;
}

PetalsResults petals_with_positions(const Weights& weights) {
    return analyse_petals(weights, {1, 2, 3, 4, 5, 6}, 0);
}

} // namespace

TEST_CASE("attention maps and attention tables agree where there are positions", "[positions]") {
    const Weights weights = with_positions();
    for (const SampledMaps& sample : sampled_attention(weights, 4, 0)) {
        const std::vector<Pair> pair{sample.pair};
        const Activations at = activations(weights, Variant::relu, pair);
        for (std::size_t head = 0; head < sample.heads.size(); ++head)
            CHECK((sample.heads[head].row(2) - at.attention[head].row(0)).norm() < 1e-12);
    }
}

TEST_CASE("what a head mixes is the same circle at two places", "[positions]") {
    const Weights weights = with_positions();
    const PetalsResults found = petals_with_positions(weights);
    const std::vector<Pair> pairs = pairs_at_fixed_number(modulus);
    const Activations at = activations(weights, Variant::relu, pairs);
    for (const Petal& petal : found.petals) {
        const auto head = static_cast<std::size_t>(petal.pair.head.head);
        const Eigen::MatrixXd plane = plane_of(weights.W_E.topRows(modulus), petal.pair.circle).orthonormal;
        const Eigen::MatrixXd x_a = weights.embedded(0) * plane, x_b = weights.embedded(1) * plane;
        const Eigen::RowVectorXd x_equals = weights.embedded_equals() * plane;
        for (int b = 0; b < modulus; ++b) {
            const Eigen::RowVector3d attention = at.attention[head].row(b);
            const Eigen::RowVectorXd mixed =
                attention[0] * x_a.row(found.a) + attention[1] * x_b.row(b) + attention[2] * x_equals;
            CHECK((petal.actual.row(b) - mixed).norm() < 1e-9);
            const AttentionWave& wave = petal.attention;
            const double alpha =
                wave.mean +
                wave.amplitude *
                    std::cos(2 * std::numbers::pi * petal.pair.head.frequency * b / modulus - wave.phase);
            CHECK((petal.predicted.row(b) - alpha * x_a.row(found.a) - (1 - alpha) * x_b.row(b)).norm() <
                  1e-12);
        }
        CHECK((petal.x_a - x_a.row(found.a)).norm() < 1e-12);
    }
}

TEST_CASE("the rule of overlapping petals is not applied to a model with positions", "[positions]") {
    Weights weights = with_positions();
    const auto measured = [&] {
        return measure_claims(petals_claims({}), std::optional(petals_with_positions(weights)), "").front();
    };
    CHECK(measured().id == "petals.overlap");
    CHECK_THAT(measured().not_run, Contains("positional embedding"));
    weights.W_pos.setZero();
    CHECK(measured().not_run.empty());
    CHECK(petals_with_positions(weights).petals[0].crossings.has_value());
}
