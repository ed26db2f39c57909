// The decompositions that the analyses rest on. Each costs the compiler many seconds of Eigen, so they are
// compiled once, in decompositions.cpp.
#pragma once

#include <Eigen/Core>

namespace grokreport {

// Descending; as many as the shorter side of A is long. By Jacobi's method: a second for 500 x 500.
Eigen::VectorXd singular_values(const Eigen::MatrixXd& A);

// An orthonormal basis of the column space. A: d x m with m <= d, of full rank.
Eigen::MatrixXd orthonormalised(const Eigen::MatrixXd& A);

// The Moore-Penrose inverse of A, whatever its rank.
Eigen::MatrixXd pseudo_inverse(const Eigen::MatrixXd& A);

// Of all B with the least |X B - Y|, the one with the least norm. X: n x m, Y: n x d; B: m x d.
Eigen::MatrixXd least_squares(const Eigen::MatrixXd& X, const Eigen::MatrixXd& Y);

} // namespace grokreport
