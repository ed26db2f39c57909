#include "spectral/nulls.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace grokreport {

double quantile(std::vector<double> values, double share) {
    const auto n = static_cast<double>(values.size());
    const auto at = static_cast<std::ptrdiff_t>(std::ceil(share * n)) - 1;
    std::ranges::nth_element(values, values.begin() + at);
    return values[static_cast<std::size_t>(at)];
}

double null_quantile(std::vector<double> values) {
    return quantile(std::move(values), 0.99);
}

const Eigen::PermutationMatrix<Eigen::Dynamic>& Shuffle::draw(std::mt19937_64& random) {
    std::shuffle(permutation_.indices().data(), permutation_.indices().data() + permutation_.size(), random);
    return permutation_;
}

} // namespace grokreport
