#include "spectral/decompositions.h"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>
#include <algorithm>

namespace grokreport {

Eigen::VectorXd singular_values(const Eigen::MatrixXd& A) {
    return A.jacobiSvd().singularValues();
}

Eigen::VectorXd squared_singular_values(const Eigen::MatrixXd& A) {
    const Eigen::MatrixXd gram =
        A.rows() <= A.cols() ? Eigen::MatrixXd(A * A.transpose()) : Eigen::MatrixXd(A.transpose() * A);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(gram, Eigen::EigenvaluesOnly);
    return solver.eigenvalues().reverse().cwiseMax(0.0);
}

Eigen::MatrixXd orthonormalised(const Eigen::MatrixXd& A) {
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(A);
    return qr.householderQ() * Eigen::MatrixXd::Identity(A.rows(), A.cols());
}

Eigen::MatrixXd pseudo_inverse(const Eigen::MatrixXd& A) {
    return A.completeOrthogonalDecomposition().pseudoInverse();
}

Eigen::MatrixXd least_squares(const Eigen::MatrixXd& X, const Eigen::MatrixXd& Y) {
    return X.completeOrthogonalDecomposition().solve(Y);
}

void LeastSquaresSum::add(const Eigen::MatrixXd& X, const Eigen::MatrixXd& Y) {
    Eigen::MatrixXd stacked(X_.rows() + X.rows(), X.cols()), targets(stacked.rows(), Y.cols());
    if (X_.rows() > 0) {
        stacked.topRows(X_.rows()) = X_;
        targets.topRows(X_.rows()) = Y_;
    }
    stacked.bottomRows(X.rows()) = X;
    targets.bottomRows(X.rows()) = Y;
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(stacked);
    const Eigen::Index kept = std::min(stacked.rows(), stacked.cols());
    X_ = qr.matrixQR().topRows(kept).triangularView<Eigen::Upper>();
    Y_ = (qr.householderQ().transpose() * targets).topRows(kept);
}

} // namespace grokreport
