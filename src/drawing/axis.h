// Ticks for axes: few, round, with thousands separators.
#pragma once

#include <string>
#include <vector>

namespace grokreport::figures {

struct Tick {
    double value = 0;
    std::string label; // gnuplot string, quoted
};

// Multiples of 1, 2, 2.5 or 5 times a power of ten from 0 to `last`, at most `most` of them (and at least the
// 0): "0", "5,000", "10,000". Precondition: last >= 0 and finite, most >= 2.
std::vector<Tick> linear_ticks(double last, int most);

// The same for counts and indices: whole numbers alone.
std::vector<Tick> whole_ticks(double last, int most);

// Powers of ten from 10^first to 10^last, at most `most` of them, at an equal number of decades from each
// other and counted from 10^0: "10^{-5}".
std::vector<Tick> decade_ticks(int first, int last, int most);

// As the argument of gnuplot's `set xtics`: "('0' 0, '5,000' 5000)".
std::string tick_list(const std::vector<Tick>& ticks);

// 12345 -> "12,345".
std::string with_thousands(long long value);

} // namespace grokreport::figures
