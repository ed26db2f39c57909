#pragma once

#include "base/undefined.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace grokreport {

// The median; of an even number of values the mean of the two in the middle. Undefined where there are none.
inline double median(std::vector<double> values) {
    if (values.empty()) return undefined;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    if (values.size() % 2 == 1) return *middle;
    return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

} // namespace grokreport
