#include "sections/mlp/analysis.h"
#include "sections/mlp/subspaces.h"
#include "sections/mlp/superposition.h"
#include "spectral/decompositions.h"
#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::noise;
using testing::small_p;

namespace {

Config small_config() {
    Config config;
    config.p = small_p;
    return config;
}

Ablation ablated(const Weights& weights) {
    return ablate_relu(weights, split_pairs(small_config()));
}

} // namespace

TEST_CASE("planes that share nothing are 90 degrees apart, equal ones 0, half-shared ones 0 too",
          "[subspaces]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(16, 6, 1));
    for (int k : {1, (small_p - 1) / 2}) {
        const Eigen::MatrixXd W_E = testing::circle_in(axes.leftCols(2), small_p, k);
        const auto least = [&](const Eigen::MatrixXd& plane) {
            return plane_angles(W_E, testing::circle_in(plane, small_p, k), {k}, 0).least();
        };
        CHECK_THAT(least(axes.middleCols(2, 2)), WithinAbs(90, 1e-6));
        CHECK_THAT(least(axes.leftCols(2)), WithinAbs(0, 1e-6));
        CHECK_THAT(least(axes.middleCols(1, 2)), WithinAbs(0, 1e-6));
    }
}

TEST_CASE("a noisy copy is near its plane, and nothing over no frequency", "[subspaces]") {
    const Eigen::MatrixXd W_E = testing::circle_in(orthonormalised(noise(64, 2, 1)), small_p, 2);
    const PlaneAngles planes = plane_angles(W_E, W_E, {2}, 3);
    CHECK_THAT(planes.to_itself[0], WithinAbs(0, 1e-6));
    CHECK(planes.to_noisy_copy[0] > 1);
    CHECK(planes.to_noisy_copy[0] < 25);
    CHECK(std::isnan(plane_angles(W_E, W_E, {}, 3).least()));
}

TEST_CASE("random planes: about 72 degrees for 1 % of pairs in 128 dimensions, less for the least of many",
          "[subspaces][large]") {
    const RandomPlanes one = random_planes(128, 1, 0), many = random_planes(128, 16, 0);
    CHECK_THAT(many.single_low, WithinAbs(72, 1));
    CHECK(one.single_low == one.least_low);
    CHECK(many.least_median < one.least_median);
    CHECK(many.least_low < many.least_median);
    CHECK(many.least_median < many.least_high);
    CHECK(random_planes(128, 16, 0).least_median == many.least_median);
}

TEST_CASE("dimensionality of features with axes of their own, in pairs, and at random", "[superposition]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(20, 6, 4)).transpose(); // 6 x 20
    CHECK_THAT((feature_dimensionality(axes).array() - 1).abs().maxCoeff(), WithinAbs(0, exact));
    Eigen::MatrixXd pairs(12, 20);
    pairs << 3 * axes, -3 * axes;
    CHECK_THAT((feature_dimensionality(pairs).array() - 0.5).abs().maxCoeff(), WithinAbs(0, exact));
    const Eigen::VectorXd random = feature_dimensionality(noise(200, 10, 5));
    CHECK(random.sum() <= 10 + exact);
    CHECK(random.mean() > 0.03);
    CHECK(feature_dimensionality(Eigen::MatrixXd::Zero(3, 4)).sum() == 0);
}

TEST_CASE("two planted circles take four dimensions and are four directions of their own",
          "[superposition]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(32, 4, 6));
    const Eigen::MatrixXd W_L = testing::circle_in(axes.leftCols(2), small_p, 1) +
                                testing::circle_in(axes.rightCols(2), small_p, (small_p - 1) / 2);
    const Superposition found = superposition(W_L, {1, (small_p - 1) / 2}, 0);
    CHECK(found.rank == 4);
    CHECK_THAT(found.directions, WithinAbs(1, exact));
    CHECK_THAT(found.answers, WithinAbs(4.0 / small_p, exact));
    CHECK(std::isnan(superposition(W_L, {}, 0).directions));
}

TEST_CASE("a hidden layer above zero everywhere is affine, whatever replaces it", "[mlp]") {
    Weights weights = testing::random_weights(small_p, 12, 2, 6, 24);
    weights.b_in.setConstant(1e4);
    const Ablation lifted = ablated(weights);
    CHECK(lifted.identity == lifted.intact);
    CHECK(lifted.per_neuron == lifted.intact);
    CHECK(lifted.affine == lifted.intact);
    const HiddenSigns signs =
        hidden_signs(weights, activations(weights, Variant::relu, all_pairs(small_p)).pre);
    CHECK(signs.always_positive == 1);
    CHECK(signs.negative_biases == 0);
}

TEST_CASE("a hidden layer that is never positive is nothing but its mean", "[mlp]") {
    Weights weights = testing::random_weights(small_p, 12, 2, 6, 24);
    weights.b_in.setConstant(-1e4);
    const Ablation silent = ablated(weights);
    CHECK(silent.per_neuron == silent.intact);
    CHECK(silent.affine == silent.intact);
    CHECK(silent.mean == silent.intact);
    const HiddenSigns signs =
        hidden_signs(weights, activations(weights, Variant::relu, all_pairs(small_p)).pre);
    CHECK(signs.always_positive == 0);
    CHECK(signs.positive == 0);
    CHECK(signs.negative_biases == 24);
}

TEST_CASE("columns planted on the circle of o are a ring, and belong to their plane", "[mlp]") {
    const Eigen::MatrixXd axes = orthonormalised(noise(12, 4, 7));
    const Eigen::MatrixXd first = testing::circle_in(axes.leftCols(2), small_p, 1);
    const Eigen::MatrixXd second = testing::circle_in(axes.rightCols(2), small_p, 3);
    Weights weights = testing::random_weights(small_p, 12, 2, 6, small_p);
    weights.W_in = first.transpose();
    const auto planes = columns_in_planes(weights, first + second, {1, 3});
    CHECK_THAT(planes[0].columns.radius_cv, WithinAbs(0, exact));
    CHECK_THAT(planes[0].circle.radius_cv, WithinAbs(0, exact));
    CHECK(planes[0].tuned.size() == small_p);
    CHECK(planes[1].tuned.empty());
    CHECK(std::isnan(planes[1].tuned_ring.radius_cv));
}
