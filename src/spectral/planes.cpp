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

// The cos and sin columns of frequency k of the Fourier basis: p x 2.
Eigen::MatrixXd fourier_pair(Eigen::Index p, int k) {
    const Eigen::MatrixXd basis = fourier_basis(static_cast<int>(p));
    return basis.middleCols(cos_column(k), 2);
}

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

} // namespace

Plane plane_of(const Eigen::MatrixXd& X, int k) {
    Plane plane;
    plane.as_in_post = (fourier_pair(X.rows(), k).transpose() * X).transpose();
    for (Eigen::Index axis = 0; axis < 2; ++axis)
        plane.as_in_post.col(axis) /= plane.as_in_post.col(axis).norm();
    plane.orthonormal = orthonormalised(plane.as_in_post);
    return plane;
}

double purity(const Eigen::MatrixXd& Y, int k) {
    return purity_on(Y, fourier_pair(Y.rows(), k));
}

double purity_null(const Eigen::MatrixXd& X, int k, std::uint64_t seed) {
    const Eigen::MatrixXd pair = fourier_pair(X.rows(), k);
    std::mt19937_64 random = random_at(k, seed);
    Shuffle shuffle(X.rows());
    std::vector<double> purities;
    for (int i = 0; i < draws_of_a_null; ++i) {
        const Eigen::MatrixXd shuffled = shuffle.draw(random) * X;
        const Eigen::MatrixXd plane = orthonormalised((pair.transpose() * shuffled).transpose());
        purities.push_back(purity_on(shuffled * plane, pair));
    }
    return null_quantile(std::move(purities));
}

double purity_null_in_one_plane(std::span<const Eigen::MatrixXd> curves, int k, std::uint64_t seed) {
    const Eigen::Index p = curves.front().rows();
    const Eigen::MatrixXd pair = fourier_pair(p, k);
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
    const Eigen::MatrixXd curve = X * plane_of(X, k).orthonormal;
    return {k, purity(curve, k), purity_null(X, k, seed), ring_of(curve)};
}

std::vector<Circle> circles_of(const Eigen::MatrixXd& X, const std::vector<int>& frequencies,
                               std::uint64_t seed) {
    std::vector<Circle> circles;
    for (int k : frequencies)
        circles.push_back(circle_of(X, k, seed));
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
