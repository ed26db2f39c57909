// Numbers on planes: the plane that a frequency spans in a space of d dimensions, the curve that the p
// numbers draw in it, and how much of a circle that curve is (definitions of section 5.1, used by all later
// sections).
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace grokreport {

// The plane of frequency k of X: its cos and sin coefficient vectors F_cos^T X and F_sin^T X.
struct Plane {
    Eigen::MatrixXd
        as_in_post; // d x 2: each normalised, as the post projects for its pictures; nearly orthogonal
    Eigen::MatrixXd orthonormal; // d x 2: an orthonormal basis of the same plane, for every number we state
};

// X: p x d, one row a number. NaN where X has no component at k.
Plane plane_of(const Eigen::MatrixXd& X, int k);

// Share of the energy of a curve at frequency k, the curve centred. Y: p x m. NaN where Y is constant.
double purity(const Eigen::MatrixXd& Y, int k);

// The 99 % quantile of the purity of X projected on its own plane of k, over 200 seeded permutations of its
// rows, the plane computed anew for each: white noise in 128 dimensions already has purity 0.54.
double purity_null(const Eigen::MatrixXd& X, int k, std::uint64_t seed);

// The null of curves in a plane that does not come from them, and so stays where it is: the 99 % quantile,
// over 200 seeded permutations of their rows, the same for all, of the largest purity among them. curves: at
// least one, each p x 2; one that is constant does not count.
double purity_null_in_one_plane(std::span<const Eigen::MatrixXd> curves, int k, std::uint64_t seed);

// How round a curve is. Y: p x 2, centred inside.
struct Ring {
    double singular_value_ratio = 0; // second over first; 1 for a circle, 0 for a line
    double radius_cv = 0;            // standard deviation over mean of the distance from the centroid
    double mean_radius = 0;
};
Ring ring_of(const Eigen::MatrixXd& Y);

// All of the above for one frequency of X, in its orthonormal plane.
struct Circle {
    int k = 0;
    double purity = 0;
    double purity_null = 0;
    Ring ring;
};
Circle circle_of(const Eigen::MatrixXd& X, int k, std::uint64_t seed);
std::vector<Circle> circles_of(const Eigen::MatrixXd& X, const std::vector<int>& frequencies,
                               std::uint64_t seed);

// Principal angles between the column spaces of two orthonormal bases, in degrees, descending as scipy lists
// them (scipy.linalg.subspace_angles).
Eigen::VectorXd principal_angles(const Eigen::MatrixXd& A, const Eigen::MatrixXd& B);

} // namespace grokreport
