// Null distributions: what a measure gives when what it is meant to find has been destroyed, drawn a fixed
// number of times from a seeded stream, and summed up by one quantile.
#pragma once

#include <Eigen/Core>
#include <random>
#include <vector>

namespace grokreport {

inline constexpr int draws_of_a_null = 200;

// The 99 % quantile of the values that a null distribution drew: the least of them that is not below 99 % of
// all. values: at least one, none NaN.
double null_quantile(std::vector<double> values);

// A permutation of n rows that can be drawn anew again and again.
class Shuffle {
  public:
    explicit Shuffle(Eigen::Index n) : permutation_(n) { permutation_.setIdentity(); }
    const Eigen::PermutationMatrix<Eigen::Dynamic>& draw(std::mt19937_64& random);

  private:
    Eigen::PermutationMatrix<Eigen::Dynamic> permutation_;
};

} // namespace grokreport
