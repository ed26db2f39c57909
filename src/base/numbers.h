// Numbers as a reader expects them in a sentence. Every space inside a number is a no-break space (U+00A0)
// and every minus sign is U+2212. Rounding never turns a value into a claim that the number does not support.
#pragma once

#include <cstdint>
#include <string>

namespace grokreport {

// 4325 -> "4,325".
std::string format_count(std::int64_t count);

// `digits` significant digits, but never more than it takes to read the same number back: 0.9 -> "0.9",
// 0.90001 -> "0.900". Whole numbers are counts; from 0.001 up to a million decimals, outside of that
// "1.23 × 10⁻⁶". A value that is not finite is "not finite".
std::string format_number(double value, int digits = 3);

// A share of one as a percentage with one decimal, and with more where the share is so near to 0 or 1 that
// one decimal would hide the difference: 0.301 -> "30.1 %", 0.99996 -> "99.996 %". Only 1 itself is "100 %".
std::string format_percent(double share);

// A measured value beside its bound: format_number with as many digits as it takes to tell the two apart.
std::string format_measured(double value, double bound);

} // namespace grokreport
