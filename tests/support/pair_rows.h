// The rows of all pairs as one matrix, for a comparison with what is computed at once.
#pragma once

#include "model/pair_rows.h"

namespace grokreport::testing {

// p^2 x d, row a p + b for the pair (a, b).
inline Eigen::MatrixXd of_all(const PairRows& rows) {
    const int p = rows.p();
    Eigen::MatrixXd whole(p * p, rows.of_number(0).cols());
    for (int a = 0; a < p; ++a)
        whole.middleRows(a * p, p) = rows.of_number(a);
    return whole;
}

} // namespace grokreport::testing
