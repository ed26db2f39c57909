#include "spectral/decompositions.h"

#include <Eigen/QR>
#include <Eigen/SVD>

namespace grokreport {

Eigen::VectorXd singular_values(const Eigen::MatrixXd& A) {
    return A.jacobiSvd().singularValues();
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

} // namespace grokreport
