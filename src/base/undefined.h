// The value of what cannot be computed: a mean of no values, a share of nothing.
#pragma once

#include <limits>

namespace grokreport {

inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

} // namespace grokreport
