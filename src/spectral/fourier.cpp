#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <numeric>

namespace grokreport {

std::vector<int> all_frequencies(int p) {
    std::vector<int> all(static_cast<std::size_t>((p - 1) / 2));
    std::iota(all.begin(), all.end(), 1);
    return all;
}

std::vector<int> without(std::vector<int> frequencies, const std::vector<int>& others) {
    std::erase_if(frequencies, [&](int k) { return std::ranges::find(others, k) != others.end(); });
    return frequencies;
}

int folded(int k, int p) {
    const int remainder = ((k % p) + p) % p;
    return std::min(remainder, p - remainder);
}

Eigen::MatrixXd fourier_pair(int p, int k) {
    Eigen::MatrixXd pair(p, 2);
    const double scale = std::sqrt(2.0 / p);
    for (int t = 0; t < p; ++t) {
        // k t mod p keeps the angle below 2 pi, which avoids rounding errors of large angles
        const double angle = 2 * std::numbers::pi * ((static_cast<long>(k) * t) % p) / p;
        pair(t, 0) = scale * std::cos(angle);
        pair(t, 1) = scale * std::sin(angle);
    }
    return pair;
}

Eigen::MatrixXd fourier_basis(int p) {
    Eigen::MatrixXd basis(p, p);
    basis.col(0).setConstant(1 / std::sqrt(p));
    // The angles of all frequencies are multiples of that of frequency 1
    const Eigen::MatrixXd first = fourier_pair(p, 1);
    for (int k = 1; k <= (p - 1) / 2; ++k)
        for (int t = 0; t < p; ++t)
            basis.row(t).segment(cos_column(k), 2) = first.row((static_cast<long>(k) * t) % p);
    return basis;
}

Eigen::MatrixXd at_frequencies(const Eigen::MatrixXd& X, const std::vector<int>& frequencies) {
    Eigen::MatrixXd kept = Eigen::MatrixXd::Zero(X.rows(), X.cols());
    for (const int k : frequencies) {
        const Eigen::MatrixXd pair = fourier_pair(static_cast<int>(X.rows()), k);
        kept += pair * (pair.transpose() * X);
    }
    return kept;
}

Eigen::MatrixXd centred(const Eigen::MatrixXd& X) {
    return X.rowwise() - X.colwise().mean();
}

Eigen::VectorXd energy_shares(const Eigen::MatrixXd& X) {
    const int p = static_cast<int>(X.rows());
    const Eigen::VectorXd energies = (fourier_basis(p).transpose() * X).rowwise().squaredNorm();
    Eigen::VectorXd shares((p - 1) / 2);
    for (int k = 1; k <= (p - 1) / 2; ++k)
        shares[k - 1] = energies[cos_column(k)] + energies[sin_column(k)];
    const double total = shares.sum();
    return total > 0 ? Eigen::VectorXd(shares / total) : shares;
}

std::vector<int> active_frequencies(const Eigen::VectorXd& shares) {
    std::vector<int> active;
    for (Eigen::Index i = 0; i < shares.size(); ++i)
        if (shares[i] > active_share) active.push_back(static_cast<int>(i) + 1);
    return active;
}

Eigen::MatrixXd number_embeddings(const Weights& weights) {
    return weights.W_E.topRows(weights.p());
}

Eigen::MatrixXd decoder(const Weights& weights) {
    return (weights.W_out * weights.W_U).transpose().topRows(weights.p());
}

std::vector<int> key_frequencies(const Weights& weights) {
    const auto in_W_E = active_frequencies(energy_shares(number_embeddings(weights)));
    const auto in_W_L = active_frequencies(energy_shares(decoder(weights)));
    std::vector<int> both;
    std::ranges::set_intersection(in_W_E, in_W_L, std::back_inserter(both));
    return both;
}

std::vector<int> frequencies_by_energy(const Weights& weights, std::vector<int> frequencies) {
    const Eigen::VectorXd shares = energy_shares(number_embeddings(weights));
    std::ranges::stable_sort(frequencies, std::ranges::greater{}, [&](int k) { return shares[k - 1]; });
    return frequencies;
}

Eigen::MatrixXd interpolated(const Eigen::MatrixXd& Y) {
    const auto p = static_cast<int>(Y.rows());
    const Eigen::MatrixXd coefficients = fourier_basis(p).transpose() * Y;
    constexpr int points_between =
        12; // steps from one number to the next; the shortest period is about two numbers
    const int points = points_between * p;
    Eigen::MatrixXd waves(points + 1, p);
    waves.col(0).setConstant(1 / std::sqrt(p));
    for (int k = 1; k <= (p - 1) / 2; ++k)
        for (int i = 0; i <= points; ++i) {
            const double angle = 2 * std::numbers::pi * k * i / points;
            waves(i, cos_column(k)) = std::sqrt(2.0 / p) * std::cos(angle);
            waves(i, sin_column(k)) = std::sqrt(2.0 / p) * std::sin(angle);
        }
    return waves * coefficients;
}

} // namespace grokreport
