// Null distributions: the values of a measure on data whose structure a seeded permutation has destroyed, and
// their 99 % quantile.
#pragma once

#include <Eigen/Core>
#include <random>
#include <vector>

namespace grokreport {

inline constexpr int draws_of_a_null = 200;

// The least value v such that at least `share` of the values are at most v. values: at least one, none NaN;
// share: above 0, at most 1.
double quantile(std::vector<double> values, double share);

// The 99 % quantile.
double null_quantile(std::vector<double> values);

// Random permutations of n rows.
class Shuffle {
  public:
    explicit Shuffle(Eigen::Index n) : permutation_(n) { permutation_.setIdentity(); }
    // The next permutation: that of the last call, shuffled.
    const Eigen::PermutationMatrix<Eigen::Dynamic>& draw(std::mt19937_64& random);

  private:
    Eigen::PermutationMatrix<Eigen::Dynamic> permutation_;
};

} // namespace grokreport
