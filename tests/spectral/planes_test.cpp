#include "spectral/decompositions.h"
#include "spectral/nulls.h"
#include "spectral/planes.h"
#include "support/exact.h"
#include "support/planted.h"

#include <Eigen/Geometry>
#include <catch2/catch.hpp>
#include <numbers>
#include <numeric>
#include <random>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::noise;

namespace {

// p numbers on an ellipse of frequency k, in a random plane of d dimensions, off the origin.
Eigen::MatrixXd planted(int p, int d, int k, double ratio) {
    const Eigen::MatrixXd axes = orthonormalised(noise(d, 2, 7));
    Eigen::MatrixXd X(p, d);
    for (int t = 0; t < p; ++t) {
        const double angle = 2 * std::numbers::pi * k * t / p;
        X.row(t) = (std::cos(angle) * axes.col(0) + ratio * std::sin(angle) * axes.col(1)).transpose();
    }
    return X.rowwise() + Eigen::RowVectorXd::Constant(d, 0.3);
}

} // namespace

TEST_CASE("a planted circle has purity 1 and is round, the last frequency included", "[planes]") {
    for (int p : {7, 113})
        for (int k : {1, 3, (p - 1) / 2}) {
            const Circle circle = circle_of(planted(p, 16, k, 1), k, 0);
            CHECK_THAT(circle.purity, WithinAbs(1, exact));
            CHECK_THAT(circle.ring.singular_value_ratio, WithinAbs(1, exact));
            CHECK_THAT(circle.ring.radius_cv, WithinAbs(0, exact));
            CHECK_THAT(circle.ring.mean_radius, WithinAbs(1, exact));
        }
}

TEST_CASE("an ellipse has the ratio it was given", "[planes]") {
    CHECK_THAT(circle_of(planted(113, 32, 4, 0.6), 4, 0).ring.singular_value_ratio, WithinAbs(0.6, exact));
}

TEST_CASE("the purity of noise is high in high dimensions, and so is its null", "[planes]") {
    const std::vector<std::pair<int, double>> expected{{32, 0.23}, {128, 0.54}, {512, 0.82}};
    for (const auto& [d, typical] : expected) {
        const Circle circle = circle_of(noise(113, d, 3), 9, 1);
        CHECK_THAT(circle.purity, WithinAbs(typical, 0.12));
        CHECK(circle.purity_null > typical - 0.05);
        CHECK(circle.purity_null < 1);
    }
    CHECK(circle_of(planted(113, 128, 9, 1) + 0.05 * noise(113, 128, 4), 9, 1).purity >
          purity_null(planted(113, 128, 9, 1) + 0.05 * noise(113, 128, 4), 9, 1));
}

TEST_CASE("the null depends on the seed alone", "[planes]") {
    const Eigen::MatrixXd X = noise(59, 32, 5);
    CHECK(purity_null(X, 2, 1) == purity_null(X, 2, 1));
    CHECK(purity_null(X, 2, 1) != purity_null(X, 2, 2));
}

TEST_CASE("principal angles of constructed planes, descending", "[planes]") {
    for (double degrees : {0.0, 1e-6, 12.0, 45.0, 71.5, 90.0}) {
        const double radians = degrees * std::numbers::pi / 180;
        Eigen::MatrixXd A = Eigen::MatrixXd::Zero(6, 2), B = A;
        A(0, 0) = A(1, 1) = 1;
        B(0, 0) = std::cos(radians);
        B(2, 0) = std::sin(radians);
        B(3, 1) = 1; // orthogonal to A
        const Eigen::MatrixXd rotation = orthonormalised(noise(6, 6, 2));
        const Eigen::VectorXd angles = principal_angles(rotation * A, rotation * B);
        CHECK_THAT(angles[0], WithinAbs(90, 1e-6));
        CHECK_THAT(angles[1], WithinAbs(degrees, 1e-9 + 1e-6 * degrees));
    }
}

TEST_CASE("the two bases of a plane span the same plane", "[planes]") {
    const Plane plane = plane_of(noise(113, 20, 6), 11);
    CHECK_THAT((plane.orthonormal.transpose() * plane.orthonormal - Eigen::Matrix2d::Identity()).norm(),
               WithinAbs(0, exact));
    CHECK(principal_angles(plane.orthonormal, orthonormalised(plane.as_in_post))[0] < 1e-6);
}

TEST_CASE("the null of curves in one plane is that of their purest", "[planes]") {
    const std::vector<Eigen::MatrixXd> circle{planted(23, 2, 3, 1)}, twice{circle.front(), circle.front()},
        with_noise{circle.front(), noise(23, 2, 1)};
    const double null = purity_null_in_one_plane(circle, 3, 0);
    CHECK(null > 1.0 / 11); // the mean over 11 frequencies
    CHECK(null < 0.6);
    CHECK(purity_null_in_one_plane(twice, 3, 0) == null);
    CHECK(purity_null_in_one_plane(with_noise, 3, 0) >= null);
    CHECK(purity_null_in_one_plane(circle, 3, 1) != null);
}

TEST_CASE("one in a hundred draws of a null is above its quantile", "[planes]") {
    std::vector<double> draws(200);
    std::iota(draws.begin(), draws.end(), 1);
    CHECK(null_quantile(draws) == 198);
    CHECK(null_quantile({5}) == 5);
}

TEST_CASE("the null of the purity is that of its definition, by rows and by columns", "[planes]") {
    constexpr int k = 3;
    const std::uint64_t seed = 5;
    for (const auto& [p, d] : std::vector<std::pair<int, int>>{{11, 4}, {11, 30}, {23, 23}}) {
        const Eigen::MatrixXd X = noise(p, d, 8) + 0.5 * planted(p, d, k, 1);
        std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                               static_cast<std::uint32_t>(k)};
        std::mt19937_64 random(sequence);
        Shuffle shuffle(p);
        std::vector<double> purities;
        for (int draw = 0; draw < draws_of_a_null; ++draw) {
            const Eigen::MatrixXd shuffled = shuffle.draw(random) * X;
            purities.push_back(purity(shuffled * plane_of(shuffled, k).orthonormal, k));
        }
        CHECK_THAT(purity_null(X, k, seed), WithinAbs(null_quantile(purities), exact));
        CHECK(PurityNull(X, seed).at(k) == purity_null(X, k, seed));
    }
}

TEST_CASE("a curve on a line has the purity of its one direction", "[planes]") {
    const Eigen::MatrixXd line = noise(23, 1, 9) * noise(1, 5, 10);
    CHECK_THAT(purity_null(line, 2, 0), WithinAbs(purity_null(line.col(0), 2, 0), exact));
}
