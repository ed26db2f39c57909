#include "spectral/planes.h"

#include "spectral/decompositions.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace grokreport {

namespace {

// A random stream of one frequency, so that its null does not depend on the other frequencies.
std::mt19937_64 random_at(int k, std::uint64_t seed) {
    std::seed_seq sequence{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                           static_cast<std::uint32_t>(k)};
    return std::mt19937_64(sequence);
}

// The share of the two columns of `pair` in the energy of the centred Y.
double purity_on(const Eigen::MatrixXd& Y, const Eigen::MatrixXd& pair) {
    return (pair.transpose() * Y).squaredNorm() / centred(Y).squaredNorm();
}

// tr(M^-1 S); where both columns have one direction, that of this direction alone.
double energy_in_plane(const Eigen::Matrix2d& M, const Eigen::Matrix2d& S) {
    constexpr double rounding = 1e-14;
    const double determinant = M(0, 0) * M(1, 1) - M(0, 1) * M(1, 0);
    if (!(determinant > rounding * M.trace() * M.trace())) {
        const Eigen::Index longer = M(0, 0) >= M(1, 1) ? 0 : 1;
        return S(longer, longer) / M(longer, longer);
    }
    return (M(1, 1) * S(0, 0) - M(0, 1) * S(1, 0) - M(1, 0) * S(0, 1) + M(0, 0) * S(1, 1)) / determinant;
}

Circle circle_with(const Eigen::MatrixXd& X, int k, const PurityNull& null) {
    const Eigen::MatrixXd curve = X * plane_of(X, k).orthonormal;
    return {k, purity(curve, k), null.at(k), ring_of(curve)};
}

} // namespace

Plane plane_of(const Eigen::MatrixXd& X, int k) {
    Plane plane;
    plane.as_in_post = (fourier_pair(static_cast<int>(X.rows()), k).transpose() * X).transpose();
    for (Eigen::Index axis = 0; axis < 2; ++axis)
        plane.as_in_post.col(axis) /= plane.as_in_post.col(axis).norm();
    plane.orthonormal = orthonormalised(plane.as_in_post);
    return plane;
}

double purity(const Eigen::MatrixXd& Y, int k) {
    return purity_on(Y, fourier_pair(static_cast<int>(Y.rows()), k));
}

PurityNull::PurityNull(const Eigen::MatrixXd& X, std::uint64_t seed) : seed_(seed), centred_(centred(X)) {
    if (X.rows() <= X.cols())
        gram_ = centred_ * centred_.transpose();
    else
        gram_ = centred_.transpose() * centred_;
}

// Permuting the rows of X is permuting the two functions F of frequency k the other way. With A the centred
// X, the plane is spanned by the columns of G = A^T F, and with M = G^T G and S = (A G)^T (A G)
//     purity = |G^T plane|^2 / |A plane|^2 = tr M / tr(M^-1 S).
double PurityNull::at(int k) const {
    const Eigen::Index p = centred_.rows();
    const Eigen::MatrixXd pair = fourier_pair(static_cast<int>(p), k);
    std::mt19937_64 random = random_at(k, seed_);
    Shuffle shuffle(p);
    Eigen::MatrixXd functions(p, 2 * draws_of_a_null);
    for (Eigen::Index draw = 0; draw < draws_of_a_null; ++draw)
        functions.middleCols(2 * draw, 2) = shuffle.draw(random).transpose() * pair;

    const bool by_rows = p <= centred_.cols();
    const Eigen::MatrixXd G = by_rows ? functions : Eigen::MatrixXd(centred_.transpose() * functions);
    const Eigen::MatrixXd image = gram_ * G; // A G by rows; A^T A G by columns
    std::vector<double> purities;
    for (Eigen::Index draw = 0; draw < draws_of_a_null; ++draw) {
        const auto of_draw = G.middleCols(2 * draw, 2), moved = image.middleCols(2 * draw, 2);
        const Eigen::Matrix2d M = of_draw.transpose() * (by_rows ? moved : of_draw);
        const Eigen::Matrix2d S = moved.transpose() * (by_rows ? moved : of_draw);
        purities.push_back(M.trace() / energy_in_plane(M, S));
    }
    return null_quantile(std::move(purities));
}

double purity_null(const Eigen::MatrixXd& X, int k, std::uint64_t seed) {
    return PurityNull(X, seed).at(k);
}

double purity_null_in_one_plane(std::span<const Eigen::MatrixXd> curves, int k, std::uint64_t seed) {
    const Eigen::Index p = curves.front().rows();
    const Eigen::MatrixXd pair = fourier_pair(static_cast<int>(p), k);
    std::mt19937_64 random = random_at(k, seed);
    Shuffle shuffle(p);
    std::vector<double> purest;
    for (int i = 0; i < draws_of_a_null; ++i) {
        // A permutation of the functions is the inverse permutation of the rows of every curve
        const Eigen::MatrixXd functions = shuffle.draw(random) * pair;
        double largest = 0;
        for (const Eigen::MatrixXd& curve : curves)
            largest = std::max(largest, purity_on(curve, functions));
        purest.push_back(largest);
    }
    return null_quantile(std::move(purest));
}

Ring ring_of(const Eigen::MatrixXd& Y) {
    const Eigen::MatrixXd curve = centred(Y);
    const Eigen::VectorXd axes = singular_values(curve);
    const Eigen::ArrayXd radii = curve.rowwise().norm();
    const double mean = radii.mean();
    const double deviation = std::sqrt((radii - mean).square().mean());
    return {axes[1] / axes[0], deviation / mean, mean};
}

Circle circle_of(const Eigen::MatrixXd& X, int k, std::uint64_t seed) {
    return circle_with(X, k, PurityNull(X, seed));
}

std::vector<Circle> circles_of(const Eigen::MatrixXd& X, const std::vector<int>& frequencies,
                               std::uint64_t seed) {
    const PurityNull null(X, seed);
    std::vector<Circle> circles;
    for (int k : frequencies)
        circles.push_back(circle_with(X, k, null));
    return circles;
}

Eigen::VectorXd principal_angles(const Eigen::MatrixXd& A, const Eigen::MatrixXd& B) {
    // The cosine is inexact for small angles, the sine for large ones: use each where it is exact
    const Eigen::VectorXd cosines = singular_values(A.transpose() * B);
    const Eigen::VectorXd sines = singular_values(B - A * (A.transpose() * B));
    Eigen::VectorXd angles(cosines.size());
    for (Eigen::Index i = 0; i < cosines.size(); ++i) {
        const double sine = std::min(1.0, sines[cosines.size() - 1 - i]), cosine = std::min(1.0, cosines[i]);
        const double angle = sine * sine < 0.5 ? std::asin(sine) : std::acos(cosine);
        angles[cosines.size() - 1 - i] = angle * 180 / std::numbers::pi;
    }
    return angles;
}

} // namespace grokreport
