// Points in the planes of frequencies, one square panel a frequency, as the post draws them: projected on the
// two normalised coefficient vectors at k (planes.h), centred.
#pragma once

#include "figures/plot.h"

#include <Eigen/Core>
#include <string>
#include <vector>

namespace grokreport::figures {

// The p numbers, coloured by their phase k t / p. X: p x d, one row a number.
Drawing circles_in_planes(const std::string& id, const Eigen::MatrixXd& X,
                          const std::vector<int>& frequencies);

// Vectors of the same space as X in the planes of X, with the curve of X behind them for comparison, scaled
// to the mean distance of the vectors from their centre. vectors: n x d.
Drawing columns_in_planes(const std::string& id, const Eigen::MatrixXd& vectors, const Eigen::MatrixXd& X,
                          const std::vector<int>& frequencies);

} // namespace grokreport::figures
