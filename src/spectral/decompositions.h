// The matrix decompositions of the analyses. They are compiled once, in decompositions.cpp, because each
// costs many seconds of compilation.
#pragma once

#include <Eigen/Core>

namespace grokreport {

// The min(rows, columns) singular values of A, descending (two-sided Jacobi SVD; about a second for 500 x
// 500).
Eigen::VectorXd singular_values(const Eigen::MatrixXd& A);

// An orthonormal basis of the column space of A (Householder QR): d x m. A: d x m with m <= d, of full rank.
Eigen::MatrixXd orthonormalised(const Eigen::MatrixXd& A);

// The Moore-Penrose inverse of A, of any rank.
Eigen::MatrixXd pseudo_inverse(const Eigen::MatrixXd& A);

// The B with the least |X B - Y|, and of several the one with the least norm. X: n x m, Y: n x d, B: m x d.
Eigen::MatrixXd least_squares(const Eigen::MatrixXd& X, const Eigen::MatrixXd& Y);

} // namespace grokreport
