#include "sections/readout/terms.h"

#include "model/activations.h"
#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace grokreport {

namespace {

constexpr double rounding_of_squares =
    1e-24; // what is left of a constant's energy when its mean is taken off

// Adds the rows b = 0..p-1 of one a to the tables.
template <typename Column>
void add_row(const Column& row, Eigen::Index a, PairMeans& means, Eigen::Index column) {
    const Eigen::Index p = row.size();
    means.by_a(a, column) += row.sum();
    means.by_b.col(column) += row;
    means.by_sum.col(column).tail(p - a) += row.head(p - a); // a + b < p
    means.by_sum.col(column).head(a) += row.tail(a);
    means.by_difference.col(column).head(a + 1) += row.head(a + 1).reverse(); // a - b >= 0
    means.by_difference.col(column).tail(p - a - 1) += row.tail(p - a - 1).reverse();
}

// Of a table whose rows stand for p pairs each.
double energy_at(const Eigen::MatrixXd& table, const std::vector<int>& frequencies) {
    return static_cast<double>(table.rows()) * at_frequencies(table, frequencies).squaredNorm();
}

std::vector<int> joined(std::vector<int> first, const std::vector<int>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

// mean + of_a[a] + of_b[b] for all pairs.
Eigen::MatrixXd sum_over_pairs(const Eigen::RowVectorXd& mean, const Eigen::MatrixXd& of_a,
                               const Eigen::MatrixXd& of_b) {
    const Eigen::Index p = of_a.rows();
    Eigen::MatrixXd X(p * p, of_a.cols());
    for (Eigen::Index column = 0; column < X.cols(); ++column)
        for (Eigen::Index a = 0; a < p; ++a)
            X.col(column).segment(a * p, p) = of_b.col(column).array() + (mean[column] + of_a(a, column));
    return X;
}

} // namespace

int double_of(int k, int p) {
    return std::min(2 * k, p - 2 * k);
}

Eigen::MatrixXd wave_columns(const std::vector<int>& frequencies, int p) {
    const Eigen::MatrixXd basis = fourier_basis(p);
    Eigen::MatrixXd columns(p, 2 * static_cast<Eigen::Index>(frequencies.size()));
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        columns.middleCols(2 * static_cast<Eigen::Index>(i), 2) =
            std::sqrt(p / 2.0) * basis.middleCols(cos_column(frequencies[i]), 2);
    return columns;
}

bool is_among(const std::vector<int>& frequencies, int one) {
    return std::ranges::find(frequencies, one) != frequencies.end();
}

std::vector<int> doubles_outside(const std::vector<int>& frequencies, int p) {
    std::vector<int> doubles;
    for (const int k : frequencies)
        if (!is_among(frequencies, double_of(k, p))) doubles.push_back(double_of(k, p));
    return doubles;
}

PairMeans pair_means(const Eigen::MatrixXd& X) {
    const Eigen::Index p = modulus_of(X);
    PairMeans means;
    means.mean = X.colwise().mean();
    means.by_a = means.by_b = means.by_sum = means.by_difference = Eigen::MatrixXd::Zero(p, X.cols());
    Eigen::VectorXd centred_column(X.rows());
    for (Eigen::Index column = 0; column < X.cols(); ++column) {
        centred_column = X.col(column).array() - means.mean[column];
        const double energy = centred_column.squaredNorm();
        if (energy > rounding_of_squares * X.col(column).squaredNorm()) means.variation += energy;
        for (Eigen::Index a = 0; a < p; ++a)
            add_row(centred_column.segment(a * p, p), a, means, column);
    }
    for (Eigen::MatrixXd* table : {&means.by_a, &means.by_b, &means.by_sum, &means.by_difference})
        *table /= static_cast<double>(p);
    return means;
}

Eigen::MatrixXd at_frequencies(const Eigen::MatrixXd& X, const std::vector<int>& frequencies) {
    const Eigen::MatrixXd basis = fourier_basis(static_cast<int>(X.rows()));
    Eigen::MatrixXd kept = Eigen::MatrixXd::Zero(X.rows(), X.cols());
    for (const int k : frequencies) {
        const auto pair = basis.middleCols(cos_column(k), 2);
        kept += pair * (pair.transpose() * X);
    }
    return kept;
}

TermShares term_shares(const PairMeans& means, const std::vector<int>& frequencies) {
    const double total = means.variation > 0 ? means.variation : std::nan("");
    const auto doubles = doubles_outside(frequencies, static_cast<int>(means.by_a.rows()));
    TermShares shares;
    shares.sum = energy_at(means.by_sum, frequencies) / total;
    shares.difference = energy_at(means.by_difference, frequencies) / total;
    shares.one_number = (energy_at(means.by_a, frequencies) + energy_at(means.by_b, frequencies)) / total;
    shares.doubles = (energy_at(means.by_a, doubles) + energy_at(means.by_b, doubles)) / total;
    shares.rest = 1 - shares.sum - shares.difference - shares.one_number - shares.doubles;
    return shares;
}

Eigen::MatrixXd with_one_number_terms(const PairMeans& means, const std::vector<int>& frequencies) {
    return sum_over_pairs(means.mean, at_frequencies(means.by_a, frequencies),
                          at_frequencies(means.by_b, frequencies));
}

Eigen::MatrixXd with_second_order(const PairMeans& means, const std::vector<int>& frequencies) {
    const Eigen::Index p = means.by_a.rows();
    const auto all = joined(frequencies, doubles_outside(frequencies, static_cast<int>(p)));
    Eigen::MatrixXd X = with_one_number_terms(means, all);
    const Eigen::MatrixXd of_sum = at_frequencies(means.by_sum, frequencies);
    const Eigen::MatrixXd of_difference = at_frequencies(means.by_difference, frequencies);
    for (Eigen::Index column = 0; column < X.cols(); ++column)
        for (Eigen::Index a = 0; a < p; ++a) {
            auto row = X.col(column).segment(a * p, p);
            row.head(p - a) += of_sum.col(column).tail(p - a);
            row.tail(a) += of_sum.col(column).head(a);
            row.head(a + 1) += of_difference.col(column).head(a + 1).reverse();
            row.tail(p - a - 1) += of_difference.col(column).tail(p - a - 1).reverse();
        }
    return X;
}

} // namespace grokreport
