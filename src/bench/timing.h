// Wall-clock times of repeated work, as medians: the machine's speed drifts, so compare only within one run.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace grokreport::bench {

template <typename Work>
double milliseconds_of(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

// Precondition: at least one value.
inline double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace grokreport::bench
