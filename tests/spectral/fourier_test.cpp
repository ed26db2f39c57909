#include "spectral/fourier.h"

#include <catch2/catch.hpp>
#include <numbers>

using namespace grokreport;

namespace {

constexpr double identity_tolerance = 1e-12;

// p x 3: numbers on a circle of frequency k, beside a constant column.
Eigen::MatrixXd planted_circle(int p, int k) {
    Eigen::MatrixXd X(p, 3);
    for (int t = 0; t < p; ++t) {
        const double angle = 2 * std::numbers::pi * k * t / p;
        X.row(t) << 2 * std::cos(angle), 2 * std::sin(angle), 5;
    }
    return X;
}

} // namespace

TEST_CASE("the basis is orthonormal", "[fourier]") {
    for (int p : {5, 7, 59, 113, 199}) {
        const Eigen::MatrixXd basis = fourier_basis(p);
        CHECK((basis.transpose() * basis - Eigen::MatrixXd::Identity(p, p)).norm() < identity_tolerance * p);
    }
}

TEST_CASE("a planted frequency is found, the last one included", "[fourier]") {
    for (int p : {7, 113})
        for (int k = 1; k <= (p - 1) / 2; ++k) {
            const Eigen::VectorXd shares = energy_shares(planted_circle(p, k));
            CHECK(shares.size() == (p - 1) / 2);
            CHECK_THAT(shares[k - 1], Catch::Matchers::WithinAbs(1, identity_tolerance));
            CHECK(active_frequencies(shares) == std::vector{k});
        }
}

TEST_CASE("shares sum to one and follow Parseval", "[fourier]") {
    std::srand(1);
    const Eigen::MatrixXd X = Eigen::MatrixXd::Random(113, 20);
    CHECK_THAT(energy_shares(X).sum(), Catch::Matchers::WithinAbs(1, identity_tolerance));
    const Eigen::MatrixXd coefficients = fourier_basis(113).transpose() * X;
    CHECK_THAT(coefficients.squaredNorm(), Catch::Matchers::WithinRel(X.squaredNorm(), identity_tolerance));
}

TEST_CASE("a constant has no active frequency", "[fourier]") {
    const Eigen::VectorXd shares = energy_shares(Eigen::MatrixXd::Zero(113, 4));
    CHECK(shares.isZero());
    CHECK(active_frequencies(shares).empty());
}
