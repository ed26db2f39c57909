// Lists of frequencies as a sentence has them.
#pragma once

#include <string>
#include <vector>

namespace grokreport {

// {4, 32, 43} -> "4, 32 and 43".
std::string list_in_words(const std::vector<int>& numbers);

} // namespace grokreport
