// The least and the largest value of a number over many results. Both are NaN where there are no results or
// where one value is NaN, so that a claim about no frequency fails.
#pragma once

#include "base/undefined.h"

#include <cmath>
#include <functional>

namespace grokreport {

template <typename Results, typename Number>
double least_of(const Results& results, Number number) {
    double least = undefined;
    bool first = true;
    for (const auto& result : results) {
        const double value = std::invoke(number, result);
        if (first || !(least <= value)) least = std::isnan(least) && !first ? least : value;
        first = false;
    }
    return least;
}

template <typename Results, typename Number>
double largest_of(const Results& results, Number number) {
    return -least_of(results, [&](const auto& result) { return -std::invoke(number, result); });
}

} // namespace grokreport
