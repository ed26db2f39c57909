#include "sections/readout/turns.h"

#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

// The sum terms of k: by_sum[s] = (2 / p) (along_cos cos w_k s + along_sin sin w_k s) + other frequencies.
struct SumTerm {
    Eigen::VectorXd along_cos, along_sin; // d
};
SumTerm sum_term(const PairMeans& means, int k) {
    const auto p = static_cast<int>(means.by_sum.rows());
    const Eigen::MatrixXd basis = fourier_basis(p);
    const double scale = std::sqrt(p / 2.0);
    return {scale * (means.by_sum.transpose() * basis.col(cos_column(k))),
            scale * (means.by_sum.transpose() * basis.col(sin_column(k)))};
}

// Of length one; zero where it is not longer than rounding of `size`.
Eigen::VectorXd direction(const Eigen::VectorXd& x, double size) {
    constexpr double rounding = 1e-9;
    return x.norm() > rounding * size ? Eigen::VectorXd(x / x.norm()) : Eigen::VectorXd::Zero(x.size());
}

} // namespace

Eigen::MatrixXd sum_plane(const PairMeans& means, int k) {
    const auto [along_cos, along_sin] = sum_term(means, k);
    const double size = std::max(along_cos.norm(), along_sin.norm());
    Eigen::MatrixXd plane(along_cos.size(), 2);
    plane.col(0) = direction(along_cos, size);
    plane.col(1) = direction(along_sin - plane.col(0).dot(along_sin) * plane.col(0), size);
    return plane;
}

double rotation_share(const Eigen::MatrixXd& X, const PairMeans& means, int k) {
    const auto [along_cos, along_sin] = sum_term(means, k);
    const Eigen::MatrixXd plane = sum_plane(means, k);
    const double variation = ((X * plane).rowwise() - Eigen::RowVectorXd(means.mean * plane)).squaredNorm();
    if (!(variation > 0)) return std::nan("");
    // y_1 + i y_2 = forward exp(i w_k (a + b)) + backward exp(-i w_k (a + b)) + other waves. The second axis
    // is chosen along the sine, so that forward is the larger.
    const Eigen::Vector2d cosine = plane.transpose() * along_cos, sine = plane.transpose() * along_sin;
    const double forward = Eigen::Vector2d(cosine[0] + sine[1], cosine[1] - sine[0]).squaredNorm();
    return forward / variation;
}

TurnShown turn_at(const Eigen::MatrixXd& pre, const PairMeans& pre_means, const Eigen::MatrixXd& hidden,
                  const PairMeans& hidden_means, const Eigen::MatrixXd& mlp_logits, int k, int a) {
    const Eigen::Index p = pre_means.by_a.rows();
    const auto in_plane = [&](const Eigen::MatrixXd& X, const PairMeans& means) -> Eigen::MatrixXd {
        return (X.middleRows(a * p, p).rowwise() - means.mean) * sum_plane(means, k);
    };
    const Eigen::MatrixXd of_a = mlp_logits.middleRows(a * p, p); // row b
    return {.k = k,
            .a = a,
            .pre = in_plane(pre, pre_means),
            .hidden = in_plane(hidden, hidden_means),
            .logits = at_frequencies(of_a.transpose(), {k}).transpose()};
}

} // namespace grokreport
