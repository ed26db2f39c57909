// Means over the pairs (a, b) that share a number, their sum or their difference. They hold all waves in a
// alone, in b alone, in a + b and in a - b of a function of both numbers, and need no matrix over all pairs.
#pragma once

#include "model/pair_rows.h"

#include <Eigen/Core>

namespace grokreport {

// Of X, p^2 x d: its means over all pairs that share a, b, a + b mod p or a - b mod p, less the mean over all
// pairs. Each table is p x d.
struct PairMeans {
    Eigen::RowVectorXd mean;                           // d
    Eigen::MatrixXd by_a, by_b, by_sum, by_difference; // row: the number, the sum, the difference
    Eigen::VectorXd variations;                        // d: sum of squares of each column less its mean; 0
                                                       // where that is only rounding
    double variation = 0;                              // of all columns
};

// Adds up the means of rows that come one a at a time. Sums are taken about the mean of the first a, so that
// a large constant costs no digits.
class PairMeansSum {
  public:
    // of_number: p x d, row b. Each a = 0..p-1 once, 0 first.
    void add(int a, const Eigen::MatrixXd& of_number);
    // After all p have been added.
    PairMeans means() const;

  private:
    Eigen::RowVectorXd about_; // d
    PairMeans sums_;           // `mean` of the first a, and sums about it
};

PairMeans pair_means(const PairRows& X);

// The means of X map, from those of X. map: d x m. The variations are not known from means: they are NaN.
PairMeans mapped(const PairMeans& means, const Eigen::MatrixXd& map);

// The variations of rows that come in parts and whose mean is known.
class VariationSum {
  public:
    explicit VariationSum(const Eigen::RowVectorXd& mean)
        : mean_(mean), variations_(Eigen::VectorXd::Zero(mean.size())) {}

    void add(const Eigen::MatrixXd& rows);
    // of_all with these variations, after all its p^2 rows have been added.
    PairMeans complete(PairMeans of_all) const;

  private:
    Eigen::RowVectorXd mean_;
    Eigen::VectorXd variations_;
};

} // namespace grokreport
