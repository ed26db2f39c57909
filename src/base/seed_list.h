// Lists of seeds as text, as the command line has them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace grokreport {

// "0,1,5-9" -> {0, 1, 5, 6, 7, 8, 9}, in the given order. Throws UsageError for an empty list, for an entry
// that is neither a number nor a range, for a range that runs backwards, for a seed that is named twice, and
// for more than 10,000 seeds.
std::vector<std::uint64_t> parse_seed_list(const std::string& text);

// {0, 1, 2, 7} -> "0-2, 7".
std::string describe_seeds(const std::vector<std::uint64_t>& seeds);

} // namespace grokreport
