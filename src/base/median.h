#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace grokreport {

// The median; of an even number of values the larger of the two in the middle. NaN where there are none.
inline double median(std::vector<double> values) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace grokreport
