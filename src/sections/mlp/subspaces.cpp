#include "sections/mlp/subspaces.h"

#include "base/seeded_random.h"
#include "base/undefined.h"
#include "spectral/decompositions.h"
#include "spectral/nulls.h"
#include "spectral/planes.h"

#include <algorithm>

namespace grokreport {

namespace {

constexpr double noise = 0.2; // length of the noise added to a unit vector
constexpr int draws = 2000;

double smallest_angle(const Eigen::MatrixXd& A, const Eigen::MatrixXd& B) {
    const Eigen::VectorXd angles = principal_angles(A, B);
    return angles[angles.size() - 1]; // they are listed descending
}

Eigen::MatrixXd gaussian(int rows, int columns, std::mt19937_64& random) {
    std::normal_distribution<double> normal;
    Eigen::MatrixXd X(rows, columns);
    for (Eigen::Index column = 0; column < columns; ++column)
        for (Eigen::Index row = 0; row < rows; ++row)
            X(row, column) = normal(random);
    return X;
}

double angle_to_noisy_copy(const Plane& plane, std::mt19937_64& random) {
    Eigen::MatrixXd moved = gaussian(static_cast<int>(plane.as_in_post.rows()), 2, random);
    for (Eigen::Index axis = 0; axis < 2; ++axis)
        moved.col(axis) *= noise / moved.col(axis).norm();
    return smallest_angle(plane.orthonormal, orthonormalised(plane.as_in_post + moved));
}

} // namespace

RandomPlanes random_planes(int dimensions, int pairs, std::uint64_t seed) {
    std::mt19937_64 random = seeded_random(seed, RandomStream::samples);
    // Only the direction of one plane from the other matters: let the first span the first two axes.
    const Eigen::MatrixXd fixed = Eigen::MatrixXd::Identity(dimensions, 2);
    std::vector<double> single, least;
    for (int draw = 0; draw < draws; ++draw) {
        least.push_back(90);
        for (int pair = 0; pair < pairs; ++pair) {
            single.push_back(smallest_angle(fixed, orthonormalised(gaussian(dimensions, 2, random))));
            least.back() = std::min(least.back(), single.back());
        }
    }
    return {quantile(single, 0.01), quantile(least, 0.01), quantile(least, 0.5), quantile(least, 0.99)};
}

double PlaneAngles::least() const {
    return angles.size() == 0 ? undefined : angles.minCoeff<Eigen::PropagateNaN>();
}

PlaneAngles plane_angles(const Eigen::MatrixXd& W_E, const Eigen::MatrixXd& o,
                         const std::vector<int>& frequencies, std::uint64_t seed) {
    const auto n = static_cast<Eigen::Index>(frequencies.size());
    PlaneAngles found{frequencies, Eigen::MatrixXd(n, n), Eigen::VectorXd(n), Eigen::VectorXd(n), {}};
    std::mt19937_64 random = seeded_random(seed, RandomStream::permutations);
    for (Eigen::Index i = 0; i < n; ++i) {
        const Plane plane = plane_of(W_E, frequencies[static_cast<std::size_t>(i)]);
        found.to_itself[i] = smallest_angle(plane.orthonormal, plane.orthonormal);
        found.to_noisy_copy[i] = angle_to_noisy_copy(plane, random);
        for (Eigen::Index j = 0; j < n; ++j)
            found.angles(i, j) = smallest_angle(
                plane.orthonormal, plane_of(o, frequencies[static_cast<std::size_t>(j)]).orthonormal);
    }
    found.random = random_planes(static_cast<int>(W_E.cols()), std::max(1, static_cast<int>(n * n)), seed);
    return found;
}

} // namespace grokreport
