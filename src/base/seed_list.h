// The seeds of a sweep, as they are given on the command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace grokreport {

// "0,1,5-9" -> {0, 1, 5, 6, 7, 8, 9}, in the order given. Throws UsageError: nothing there, what is no number
// or no range, a range that runs backwards, a seed named twice, more than 10,000 seeds.
std::vector<std::uint64_t> parse_seed_list(const std::string& text);

// {0, 1, 2, 7} -> "0-2, 7".
std::string describe_seeds(const std::vector<std::uint64_t>& seeds);

} // namespace grokreport
