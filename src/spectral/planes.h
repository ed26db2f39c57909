// Planes of frequencies in a space of d dimensions, the curves of the p numbers in them, and how close such a
// curve is to a circle (definitions of section 5.1 of the post).
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace grokreport {

// The plane of frequency k of X: its cos and sin coefficient vectors F_cos^T X and F_sin^T X.
struct Plane {
    // d x 2: the two vectors, each normalised but not exactly orthogonal. The figures of the post project on
    // them.
    Eigen::MatrixXd as_in_post;
    // d x 2: an orthonormal basis of the same plane, for every stated number.
    Eigen::MatrixXd orthonormal;
};

// X: p x d, row t for number t. NaN where X has no component at k.
Plane plane_of(const Eigen::MatrixXd& X, int k);

// The share of frequency k in the energy of the centred curve Y: p x m,
//     purity = |F_k^T Y|^2 / |Y - mean of Y|^2,
// with F_k the cos and sin columns of k of fourier_basis(). NaN where Y is constant.
double purity(const Eigen::MatrixXd& Y, int k);

// The null of the purity of X in its own plane of k: the 99 % quantile over 200 seeded permutations of the
// rows of X, with the plane of each. White noise in 128 dimensions has a purity of about 0.54.
double purity_null(const Eigen::MatrixXd& X, int k, std::uint64_t seed);

// The same for several frequencies of one X: what they share is computed once.
class PurityNull {
  public:
    PurityNull(const Eigen::MatrixXd& X, std::uint64_t seed);
    double at(int k) const;

  private:
    std::uint64_t seed_;
    Eigen::MatrixXd centred_; // p x d
    Eigen::MatrixXd gram_;    // of its rows, p x p, or where d is less than p of its columns, d x d
};

// The null of curves in a plane that does not depend on them: the 99 % quantile over 200 seeded permutations,
// the same for the rows of all curves, of the largest purity among the curves. curves: at least one, each p x
// 2; a constant one is ignored.
double purity_null_in_one_plane(std::span<const Eigen::MatrixXd> curves, int k, std::uint64_t seed);

// How round a curve is. Y: p x 2; it is centred first.
struct Ring {
    double singular_value_ratio = 0; // second singular value over the first: 1 for a circle, 0 for a line
    double radius_cv = 0;            // standard deviation of the distance from the centroid over its mean
    double mean_radius = 0;
};
Ring ring_of(const Eigen::MatrixXd& Y);

// The measures of frequency k of X in its orthonormal plane.
struct Circle {
    int k = 0;
    double purity = 0;
    double purity_null = 0;
    Ring ring;

    double over_null() const { return purity - purity_null; }
};
Circle circle_of(const Eigen::MatrixXd& X, int k, std::uint64_t seed);
std::vector<Circle> circles_of(const Eigen::MatrixXd& X, const std::vector<int>& frequencies,
                               std::uint64_t seed);

// The principal angles between the column spaces of two orthonormal bases, in degrees, descending, as
// scipy.linalg.subspace_angles (Bjorck and Golub 1973).
Eigen::VectorXd principal_angles(const Eigen::MatrixXd& A, const Eigen::MatrixXd& B);

} // namespace grokreport
