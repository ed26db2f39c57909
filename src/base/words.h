// Numbers as words of a sentence.
#pragma once

#include <string>
#include <vector>

namespace grokreport {

// {6, 22, 51} -> "6, 22 and 51"; {} -> "none".
std::string listed(const std::vector<int>& numbers);

// 1 -> "one", ... 12 -> "twelve"; other counts in digits.
std::string counted(std::size_t count);

// The share rounded to nine decimals, so that 1 less a rounding error is 1.
double without_rounding(double share);

// format_number(), or a dash where the value is not finite.
std::string number(double value);

// format_percent(), or a dash where the share is not finite.
std::string percent(double share);

} // namespace grokreport
