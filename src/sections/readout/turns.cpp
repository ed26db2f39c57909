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
    const Eigen::MatrixXd pair = fourier_pair(p, k);
    const double scale = std::sqrt(p / 2.0);
    return {scale * (means.by_sum.transpose() * pair.col(0)),
            scale * (means.by_sum.transpose() * pair.col(1))};
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

Rotations::Rotations(const PairMeans& means, const std::vector<int>& frequencies)
    : planes_(means.mean.size(), 2 * static_cast<Eigen::Index>(frequencies.size())),
      variation_(Eigen::VectorXd::Zero(planes_.cols())) {
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        const auto [along_cos, along_sin] = sum_term(means, frequencies[i]);
        const Eigen::MatrixXd plane = sum_plane(means, frequencies[i]);
        planes_.middleCols(2 * static_cast<Eigen::Index>(i), 2) = plane;
        // y_1 + i y_2 = forward exp(i w_k (a + b)) + backward exp(-i w_k (a + b)) + other waves. The second
        // axis is chosen along the sine, so that forward is the larger.
        const Eigen::Vector2d cosine = plane.transpose() * along_cos, sine = plane.transpose() * along_sin;
        forward_.push_back(Eigen::Vector2d(cosine[0] + sine[1], cosine[1] - sine[0]).squaredNorm());
    }
    mean_ = means.mean * planes_;
}

void Rotations::add(const Eigen::MatrixXd& in_planes) {
    variation_ += (in_planes.rowwise() - mean_).colwise().squaredNorm().transpose();
}

double Rotations::share(std::size_t i) const {
    const double variation = variation_.segment(2 * static_cast<Eigen::Index>(i), 2).sum();
    return variation > 0 ? forward_[i] / variation : std::nan("");
}

TurnShown turn_at(const Eigen::MatrixXd& pre, const PairMeans& pre_means, const Eigen::MatrixXd& hidden,
                  const PairMeans& hidden_means, const Eigen::MatrixXd& mlp_logits, int k, int a) {
    const auto in_plane = [&](const Eigen::MatrixXd& X, const PairMeans& means) -> Eigen::MatrixXd {
        return (X.rowwise() - means.mean) * sum_plane(means, k);
    };
    return {.k = k,
            .a = a,
            .pre = in_plane(pre, pre_means),
            .hidden = in_plane(hidden, hidden_means),
            .logits = at_frequencies(mlp_logits.transpose(), {k}).transpose()};
}

} // namespace grokreport
