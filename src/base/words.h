// Lists and shares as a sentence takes them.
#pragma once

#include <string>
#include <vector>

namespace grokreport {

// {6, 22, 51} -> "6, 22 and 51"; {} -> "none".
std::string listed(const std::vector<int>& numbers);

// 1 -> "one", ... 12 -> "twelve"; other counts in digits.
std::string counted(std::size_t count);

// A share that is 1 but for the last bits is 1.
double without_rounding(double share);

// A share as a percentage, a dash where there is none (NaN).
std::string percent(double share);

} // namespace grokreport
