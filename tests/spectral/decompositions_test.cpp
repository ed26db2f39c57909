#include "spectral/decompositions.h"
#include "support/exact.h"
#include "support/planted.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using grokreport::testing::exact;
using testing::noise;

TEST_CASE("least squares of rows that come in parts are those of all rows", "[decompositions]") {
    const Eigen::MatrixXd X = noise(50, 6, 1), Y = noise(50, 3, 2), whole = least_squares(X, Y);
    for (const Eigen::Index part : {1, 4, 7, 50}) {
        LeastSquaresSum sum;
        for (Eigen::Index first = 0; first < X.rows(); first += part) {
            const Eigen::Index n = std::min(part, X.rows() - first);
            sum.add(X.middleRows(first, n), Y.middleRows(first, n));
        }
        CHECK((sum.solution() - whole).norm() < exact * whole.norm());
    }
}

TEST_CASE("where columns depend on each other, the solution in parts has the least norm too",
          "[decompositions]") {
    Eigen::MatrixXd X = noise(40, 5, 3);
    X.col(4) = X.col(0) - 2 * X.col(1);
    const Eigen::MatrixXd Y = noise(40, 2, 4), whole = least_squares(X, Y);
    LeastSquaresSum sum;
    sum.add(X.topRows(13), Y.topRows(13));
    sum.add(X.bottomRows(27), Y.bottomRows(27));
    CHECK((sum.solution() - whole).norm() < exact * whole.norm());
}

TEST_CASE("squares of singular values come from the smaller product", "[decompositions]") {
    for (const Eigen::MatrixXd& A : {noise(7, 30, 5), noise(30, 7, 6)}) {
        const Eigen::VectorXd squares = singular_values(A).cwiseAbs2();
        CHECK((squared_singular_values(A) - squares).norm() < exact * squares.norm());
    }
}
