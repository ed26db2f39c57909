#include "spectral/pair_means.h"

#include <cmath>

namespace grokreport {

namespace {

constexpr double rounding_of_squares =
    1e-24; // what is left of a constant's energy when its mean is taken off

// Adds the rows b = 0..p-1 of one a to the tables.
template <typename Column>
void add_column(const Column& values, Eigen::Index a, PairMeans& sums, Eigen::Index column) {
    const Eigen::Index p = values.size();
    sums.by_a(a, column) += values.sum();
    sums.by_b.col(column) += values;
    sums.by_sum.col(column).tail(p - a) += values.head(p - a); // a + b < p
    sums.by_sum.col(column).head(a) += values.tail(a);
    sums.by_difference.col(column).head(a + 1) += values.head(a + 1).reverse(); // a - b >= 0
    sums.by_difference.col(column).tail(p - a - 1) += values.tail(p - a - 1).reverse();
}

// A column whose variation is only the rounding of its mean does not vary.
void drop_rounding(PairMeans& means) {
    const auto p = static_cast<double>(means.by_a.rows());
    for (Eigen::Index column = 0; column < means.mean.size(); ++column) {
        double& variation = means.variations[column];
        const double energy = variation + p * p * means.mean[column] * means.mean[column];
        if (variation <= rounding_of_squares * energy) variation = 0;
    }
    means.variation = means.variations.sum();
}

} // namespace

void PairMeansSum::add(int a, const Eigen::MatrixXd& of_number) {
    const Eigen::Index p = of_number.rows(), d = of_number.cols();
    if (a == 0) {
        about_ = of_number.colwise().mean();
        sums_.by_a = sums_.by_b = sums_.by_sum = sums_.by_difference = Eigen::MatrixXd::Zero(p, d);
        sums_.variations = Eigen::VectorXd::Zero(d);
    }
    Eigen::VectorXd values(p);
    for (Eigen::Index column = 0; column < d; ++column) {
        values = of_number.col(column).array() - about_[column];
        sums_.variations[column] += values.squaredNorm();
        add_column(values, a, sums_, column);
    }
}

PairMeans PairMeansSum::means() const {
    PairMeans means = sums_;
    const auto p = static_cast<double>(sums_.by_a.rows());
    const Eigen::RowVectorXd above = sums_.by_a.colwise().sum() / (p * p); // the mean less about_
    means.mean = about_ + above;
    for (Eigen::MatrixXd* table : {&means.by_a, &means.by_b, &means.by_sum, &means.by_difference})
        *table = (*table / p).rowwise() - above;
    means.variations -= p * p * above.cwiseAbs2().transpose();
    drop_rounding(means);
    return means;
}

PairMeans pair_means(const PairRows& X) {
    PairMeansSum sum;
    for (int a = 0; a < X.p(); ++a)
        sum.add(a, X.of_number(a));
    return sum.means();
}

PairMeans mapped(const PairMeans& means, const Eigen::MatrixXd& map) {
    return {.mean = means.mean * map,
            .by_a = means.by_a * map,
            .by_b = means.by_b * map,
            .by_sum = means.by_sum * map,
            .by_difference = means.by_difference * map,
            .variations = Eigen::VectorXd::Constant(map.cols(), std::nan("")),
            .variation = std::nan("")};
}

void VariationSum::add(const Eigen::MatrixXd& rows) {
    variations_ += (rows.rowwise() - mean_).colwise().squaredNorm().transpose();
}

PairMeans VariationSum::complete(PairMeans of_all) const {
    of_all.variations = variations_;
    drop_rounding(of_all);
    return of_all;
}

} // namespace grokreport
