// Ticks of axes: few round numbers, with thousands separators; and the mark of chance.
#pragma once

#include "drawing/plot.h"

#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures {

// The values that an axis shows.
struct Range {
    double low = 0, high = 1;
};

struct Tick {
    double value = 0;
    std::string label; // a gnuplot string in quotes
};

// At most `most` multiples of 1, 2, 2.5 or 5 times a power of ten, from 0 to `last`: "0", "5,000", "10,000".
// The tick at 0 is always there. Precondition: last >= 0 and finite, most >= 2.
std::vector<Tick> linear_ticks(double last, int most);

// At most `most` multiples of a round step from low to high, low < high: "−20", "0".
std::vector<Tick> ticks_between(double low, double high, int most);

// The ticks of linear_ticks that are whole numbers, for counts and indices.
std::vector<Tick> whole_ticks(double last, int most);

// At most `most` powers of ten from 10^first to 10^last: "10^{−5}". Their exponents are the multiples of one
// number.
std::vector<Tick> decade_ticks(int first, int last, int most);

// The largest of 1, 2 and 5 times a power of ten that is not above `most`. most: positive.
double round_below(double most);

// The argument of gnuplot's `set xtics`: "('0' 0, '5,000' 5000)".
std::string tick_list(const std::vector<Tick>& ticks);

// The same ticks without their labels, for panels above one that has them.
std::vector<Tick> unlabelled(std::vector<Tick> ticks);

// A dashed line across the panel at the accuracy or the loss of chance, which stands on the horizontal axis,
// with its name above the panel. place: gnuplot's alignment and offset of the name.
void mark_chance(Plot& plot, double at, std::string_view place = "left offset -0.6,0.6");

// 12345 -> "12,345".
std::string with_thousands(long long value);

} // namespace grokreport::figures
