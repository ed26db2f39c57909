#include "sections/readout/turns.h"

#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <complex>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;

namespace {

// Row (a, b): the point of frequency k and of the given two radii at a + sign b, in the first two of d
// columns.
Eigen::MatrixXd on_ellipse(int p, int k, double first, double second, int sign) {
    Eigen::MatrixXd X = Eigen::MatrixXd::Zero(p * p, 4);
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b) {
            const double angle = 2 * std::numbers::pi * k * (a + sign * b) / p;
            X.row(a * p + b) << first * std::cos(angle), second * std::sin(angle), 0, 5;
        }
    return X;
}

double share_of(const Eigen::MatrixXd& X, int k) {
    Rotations rotations(pair_means(X), {k});
    rotations.add(X * rotations.planes());
    return rotations.share(0);
}

// The best of both directions in the plane, by the definition: y(a, b) = R(w (a + b)) y_0.
double brute_rotation(const Eigen::MatrixXd& X, int p, int k) {
    const Eigen::MatrixXd Y = (X.rowwise() - X.colwise().mean()) * sum_plane(pair_means(X), k);
    double best = 0;
    for (const int direction : {1, -1}) {
        std::complex<double> start = 0; // least squares: the mean of all points, turned back
        for (int a = 0; a < p; ++a)
            for (int b = 0; b < p; ++b)
                start += std::complex<double>(Y(a * p + b, 0), Y(a * p + b, 1)) *
                         std::polar(1.0 / (p * p), -direction * 2 * std::numbers::pi * k * (a + b) / p);
        best = std::max(best, std::norm(start) * p * p / Y.squaredNorm());
    }
    return best;
}

} // namespace

TEST_CASE("what turns with a + b is all rotation, at every frequency and in either direction", "[readout]") {
    const int p = 11;
    for (int k = 1; k <= (p - 1) / 2; ++k) {
        CHECK_THAT(share_of(on_ellipse(p, k, 2, 2, 1), k), WithinAbs(1, exact));
        CHECK_THAT(share_of(on_ellipse(p, k, 2, -2, 1), k), WithinAbs(1, exact));
    }
}

TEST_CASE("an ellipse is a rotation in part, a line by half", "[readout]") {
    // (r cos, s sin) is a circle of (r + s) / 2 and one of (r - s) / 2 the other way
    CHECK_THAT(share_of(on_ellipse(7, 3, 3, 1, 1), 3), WithinAbs(0.8, exact));
    CHECK_THAT(share_of(on_ellipse(7, 3, 3, 0, 1), 3), WithinAbs(0.5, exact));
}

TEST_CASE("other waves in the plane are no rotation", "[readout]") {
    const int p = 11, k = 2;
    const Eigen::MatrixXd X = on_ellipse(p, k, 1, 1, 1) + on_ellipse(p, k, 2, 2, -1);
    CHECK_THAT(share_of(X, k), WithinAbs(0.2, exact));
}

TEST_CASE("the rotation is the one of the definition", "[readout]") {
    for (const int p : {7, 11})
        for (int k = 1; k <= (p - 1) / 2; ++k) {
            const Eigen::MatrixXd X = testing::noise(p * p, 5, 8) + 0.5 * testing::noise(p * p, 5, 9);
            CHECK_THAT(share_of(X, k), WithinAbs(brute_rotation(X, p, k), exact));
            const Eigen::MatrixXd plane = sum_plane(pair_means(X), k);
            CHECK((plane.transpose() * plane - Eigen::Matrix2d::Identity()).norm() < exact);
        }
}

TEST_CASE("what is constant has no plane", "[readout]") {
    CHECK(std::isnan(share_of(Eigen::MatrixXd::Constant(49, 3, 2), 1)));
}

TEST_CASE("what figures show turns from the first axis to the second", "[readout]") {
    const int p = 7, k = 2, a = 3;
    const Eigen::MatrixXd X = on_ellipse(p, k, 1, 1, 1), backwards = on_ellipse(p, k, 1, -1, 1);
    Eigen::MatrixXd logits(p * p, p);
    for (int row = 0; row < p * p; ++row)
        for (int c = 0; c < p; ++c)
            logits(row, c) = 7 + std::cos(2 * std::numbers::pi * k * (row / p + row % p - c) / p) + 0.1 * c;
    const TurnShown shown = turn_at(X.middleRows(a * p, p), pair_means(X), backwards.middleRows(a * p, p),
                                    pair_means(backwards), logits.middleRows(a * p, p), k, a);
    for (int b = 0; b < p; ++b)
        for (const Eigen::MatrixXd& y : {shown.pre, shown.hidden}) {
            const std::complex<double> now(y(b, 0), y(b, 1)), next(y((b + 1) % p, 0), y((b + 1) % p, 1));
            CHECK(std::abs(next - now * std::polar(1.0, 2 * std::numbers::pi * k / p)) < exact);
        }
    CHECK(shown.logits.rows() == p);
    CHECK((shown.logits.rowwise().mean()).norm() < exact);
    CHECK(shown.k == k);
}
