// How far two ways to compute the same in float64 may differ in a test.
#pragma once

namespace grokreport::testing {

inline constexpr double exact = 1e-10;

} // namespace grokreport::testing
