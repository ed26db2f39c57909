#include "sections/readout/terms.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

// Of a table whose rows stand for p pairs each.
double energy_at(const Eigen::MatrixXd& table, const std::vector<int>& frequencies) {
    return static_cast<double>(table.rows()) * at_frequencies(table, frequencies).squaredNorm();
}

std::vector<int> joined(std::vector<int> first, const std::vector<int>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace

int double_of(int k, int p) {
    return folded(2 * k, p);
}

Eigen::MatrixXd wave_columns(const std::vector<int>& frequencies, int p) {
    Eigen::MatrixXd columns(p, 2 * static_cast<Eigen::Index>(frequencies.size()));
    for (std::size_t i = 0; i < frequencies.size(); ++i)
        columns.middleCols(2 * static_cast<Eigen::Index>(i), 2) =
            std::sqrt(p / 2.0) * fourier_pair(p, frequencies[i]);
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

KeptTerms KeptTerms::one_number(const PairMeans& means, const std::vector<int>& frequencies) {
    KeptTerms kept;
    kept.mean_ = means.mean;
    kept.of_a_ = at_frequencies(means.by_a, frequencies);
    kept.of_b_ = at_frequencies(means.by_b, frequencies);
    return kept;
}

KeptTerms KeptTerms::second_order(const PairMeans& means, const std::vector<int>& frequencies) {
    const auto p = static_cast<int>(means.by_a.rows());
    KeptTerms kept = one_number(means, joined(frequencies, doubles_outside(frequencies, p)));
    kept.of_sum_ = at_frequencies(means.by_sum, frequencies);
    kept.of_difference_ = at_frequencies(means.by_difference, frequencies);
    return kept;
}

Eigen::MatrixXd KeptTerms::of_number(int a) const {
    const Eigen::Index p = of_b_.rows();
    Eigen::MatrixXd X = of_b_.rowwise() + (mean_ + of_a_.row(a));
    if (of_sum_.rows() == 0) return X;
    X.topRows(p - a) += of_sum_.bottomRows(p - a); // a + b < p
    X.bottomRows(a) += of_sum_.topRows(a);
    X.topRows(a + 1) += of_difference_.topRows(a + 1).colwise().reverse(); // a - b >= 0
    X.bottomRows(p - a - 1) += of_difference_.bottomRows(p - a - 1).colwise().reverse();
    return X;
}

} // namespace grokreport
