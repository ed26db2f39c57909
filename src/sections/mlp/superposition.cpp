#include "sections/mlp/superposition.h"

#include "base/seeded_random.h"
#include "base/undefined.h"
#include "spectral/decompositions.h"
#include "spectral/fourier.h"

#include <algorithm>

namespace grokreport {

namespace {

double mean_dimensionality(const Eigen::MatrixXd& features) {
    if (features.rows() == 0) return undefined;
    return feature_dimensionality(features).mean();
}

// p features of which each component is drawn alone.
Eigen::MatrixXd random_features(Eigen::Index p, Eigen::Index dimensions, std::uint64_t seed) {
    std::mt19937_64 random = seeded_random(seed, RandomStream::samples);
    std::normal_distribution<double> normal;
    Eigen::MatrixXd features(p, dimensions);
    for (Eigen::Index i = 0; i < p; ++i)
        for (Eigen::Index j = 0; j < dimensions; ++j)
            features(i, j) = normal(random);
    return features;
}

// The least number of singular directions that hold most of the energy of X.
int rank_of(const Eigen::MatrixXd& X) {
    constexpr double most_energy = 0.95;
    const Eigen::VectorXd energies = squared_singular_values(X);
    double held = 0;
    int rank = 0;
    while (rank < energies.size() && held < most_energy * energies.sum())
        held += energies[rank++];
    return rank;
}

} // namespace

Eigen::VectorXd feature_dimensionality(const Eigen::MatrixXd& features) {
    const Eigen::MatrixXd products = features * features.transpose(); // n x n
    Eigen::VectorXd dimensionality(features.rows());
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        const double square = products(i, i);
        dimensionality[i] = square > 0 ? square * square / products.row(i).squaredNorm() : 0;
    }
    return dimensionality;
}

Superposition superposition(const Eigen::MatrixXd& W_L, const std::vector<int>& frequencies,
                            std::uint64_t seed) {
    const Eigen::MatrixXd rows = centred(W_L);
    const Eigen::MatrixXd coefficients = fourier_basis(static_cast<int>(W_L.rows())).transpose() * W_L;
    Eigen::MatrixXd directions(static_cast<Eigen::Index>(2 * frequencies.size()), W_L.cols());
    Eigen::Index next = 0;
    for (const int k : frequencies) {
        directions.row(next++) = coefficients.row(cos_column(k));
        directions.row(next++) = coefficients.row(sin_column(k));
    }
    const Eigen::Index dimensions = std::max<Eigen::Index>(2, directions.rows());
    return {.answers = mean_dimensionality(rows),
            .directions = mean_dimensionality(directions),
            .random = mean_dimensionality(random_features(W_L.rows(), dimensions, seed)),
            .n_answers = static_cast<int>(W_L.rows()),
            .n_directions = static_cast<int>(directions.rows()),
            .rank = rank_of(rows)};
}

} // namespace grokreport
