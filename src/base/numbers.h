// Numbers as text for a reader. Every space inside a number is a no-break space (U+00A0) and every minus sign
// is U+2212. Rounding never moves a value onto 0 %, 100 % or a bound that it does not reach.
#pragma once

#include <cstdint>
#include <string>

namespace grokreport {

// 4325 -> "4,325".
std::string format_count(std::int64_t count);

// At most `digits` significant digits, and no more than reading the same number back needs: 0.9 -> "0.9",
// 0.90001 -> "0.900". A whole number is a count. From 0.001 to a million the text is a decimal, else
// "1.23 × 10⁻⁶". NaN and infinity give "not finite".
std::string format_number(double value, int digits = 3);

// A share of 1 as a percentage with one decimal, or with more where the share is so near to 0 or 1 that one
// decimal hides the difference: 0.301 -> "30.1 %", 0.99996 -> "99.996 %". Only 1 itself is "100 %".
std::string format_percent(double share);

// A measured value that is compared with a bound: format_number() with enough digits to tell the two apart.
std::string format_measured(double value, double bound);

} // namespace grokreport
