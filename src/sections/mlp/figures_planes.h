// Points in the planes of frequencies, one square panel a frequency, as the post draws them: projected on the
// two normalised coefficient vectors at k (planes.h), centred.
#pragma once

#include "drawing/plot.h"
#include "sections/mlp/analysis.h"

#include <Eigen/Core>
#include <string>
#include <vector>

namespace grokreport::figures {

// The p numbers, coloured by their phase k t / p. X: p x d, one row a number.
Drawing circles_in_planes(const std::string& id, const Eigen::MatrixXd& X,
                          const std::vector<int>& frequencies);

// The columns of W_up in the planes of o, those that are longest in this plane set apart, with the curve of o
// for comparison, scaled to their mean distance from the centre. columns: d_mlp x d_model, o: p x d_model.
Drawing columns_in_planes(const std::string& id, const Eigen::MatrixXd& columns, const Eigen::MatrixXd& o,
                          const std::vector<ColumnsInPlane>& planes);

} // namespace grokreport::figures
