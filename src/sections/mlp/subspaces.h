// Section 8 of the post, its first question: do the circles that attention writes (o) lie in the planes of
// the circles that are already there (W_E)? Answered by the smallest principal angle of every pair of planes.
//
// The post reads the "second" angle of scipy.linalg.subspace_angles. scipy lists angles in descending order,
// so that of two planes the second is the smallest: 0 degrees where the planes share a direction, 90 where
// every direction of one is orthogonal to the other. The largest angle may be 90 while the planes share a
// line, and is no evidence; it is not computed here.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace grokreport {

// Null distribution: angles between independent random planes: planes spanned by two Gaussian vectors in d
// dimensions.
struct RandomPlanes {
    double single_low = 0; // 1 % of single pairs of planes have a smaller least angle than this, degrees
    // The least angle over as many independent pairs as were measured: its 1 %, 50 % and 99 % quantiles,
    // degrees.
    double least_low = 0, least_median = 0, least_high = 0;
};

// `pairs` planes pairs a draw, seeded. Precondition: dimensions >= 2, pairs >= 1.
RandomPlanes random_planes(int dimensions, int pairs, std::uint64_t seed);

// All angles in degrees.
struct PlaneAngles {
    std::vector<int> frequencies; // n of them
    // n x n: the smallest principal angle between the plane of frequency [row] of W_E and of [column] of o.
    Eigen::MatrixXd angles;
    Eigen::VectorXd to_itself; // n: of each plane of W_E to itself, 0 but for rounding
    // n: of each plane of W_E to its copy with 20 % noise: to each of the post's two unit vectors a Gaussian
    // vector of length 0.2 was added.
    Eigen::VectorXd to_noisy_copy;
    RandomPlanes random;

    double least() const; // NaN where there are no frequencies
};

// W_E and o: p x d_model, one row a number (o: at fixed a, row b).
PlaneAngles plane_angles(const Eigen::MatrixXd& W_E, const Eigen::MatrixXd& o,
                         const std::vector<int>& frequencies, std::uint64_t seed);

} // namespace grokreport
