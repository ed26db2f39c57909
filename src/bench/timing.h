// Wall-clock times of repeated work, as medians: the machine's speed drifts, so compare only within one run.
#pragma once

#include "base/median.h"

#include <chrono>

namespace grokreport::bench {

template <typename Work>
double milliseconds_of(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

} // namespace grokreport::bench
