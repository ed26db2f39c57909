// Section 8 of the post: does the model hold more features than it has room for? The features are the p
// answers, each the row of W_L that reads it out.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace grokreport {

// How many dimensions each feature has to itself (Elhage et al., "Toy Models of Superposition", 2022):
//     D_i = |W_i|^2 / sum_j (W_i . W_j / |W_i|)^2
// is 1 for a feature that is orthogonal to all others, 1/2 for each of two that point in opposite directions,
// and sums to at most the rank of W. features: n x d, one row a feature. A feature of length zero has 0.
Eigen::VectorXd feature_dimensionality(const Eigen::MatrixXd& features);

struct Superposition {
    double answers = 0;    // mean dimensionality of the p rows of W_L, centred over answers
    double directions = 0; // the same for the 2 n coefficient vectors of W_L at n frequencies; NaN for n = 0
    double random = 0;     // the same for p Gaussian features in 2 n dimensions, at least 2
    int n_answers = 0;
    int n_directions = 0;
    int rank = 0; // of the centred W_L: the least number of singular directions with 95 % of its energy
};

// W_L: p x d_mlp.
Superposition superposition(const Eigen::MatrixXd& W_L, const std::vector<int>& frequencies,
                            std::uint64_t seed);

} // namespace grokreport
