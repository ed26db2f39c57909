// The matrix decompositions of the analyses. They are compiled once, in decompositions.cpp, because each
// costs many seconds of compilation.
#pragma once

#include <Eigen/Core>

namespace grokreport {

// The min(rows, columns) singular values of A, descending (two-sided Jacobi SVD; about a second for 500 x
// 500).
Eigen::VectorXd singular_values(const Eigen::MatrixXd& A);

// The squares of the same, from the smaller of A A^T and A^T A: fast, and exact to rounding of the largest.
Eigen::VectorXd squared_singular_values(const Eigen::MatrixXd& A);

// An orthonormal basis of the column space of A (Householder QR): d x m. A: d x m with m <= d, of full rank.
Eigen::MatrixXd orthonormalised(const Eigen::MatrixXd& A);

// The Moore-Penrose inverse of A, of any rank.
Eigen::MatrixXd pseudo_inverse(const Eigen::MatrixXd& A);

// The B with the least |X B - Y|, and of several the one with the least norm. X: n x m, Y: n x d, B: m x d.
Eigen::MatrixXd least_squares(const Eigen::MatrixXd& X, const Eigen::MatrixXd& Y);

// The same least squares over rows that come in parts. It keeps the triangular factor of the rows so far, so
// that it is as exact as the decomposition of all rows at once, in memory of order m (m + d).
class LeastSquaresSum {
  public:
    void add(const Eigen::MatrixXd& X, const Eigen::MatrixXd& Y);
    Eigen::MatrixXd solution() const { return least_squares(X_, Y_); }

  private:
    Eigen::MatrixXd X_, Y_; // at most m rows with the same least squares as all rows
};

} // namespace grokreport
