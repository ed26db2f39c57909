// What the figures of section 9 have in common: keys, names of colours, the order of numbers on a circle, and
// a map of colours for numbers with a sign.
#pragma once

#include "drawing/diagram.h"
#include "drawing/plot.h"
#include "drawing/screen.h"

#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures::readout {

inline constexpr std::size_t most_panels = 10; // of frequencies
inline constexpr int most_pixels = 128;        // along one side of a map

enum class Swatch { square, line, dashes, disc };
struct KeyEntry {
    std::string text; // gnuplot markup
    std::string hex;  // "#rrggbb"
    double left = 0;  // pixels
    Swatch swatch = Swatch::square;
};
// Draws with arrows, objects and labels, so call it for one panel only.
void draw_key(Plot& plot, Size size, double y, const std::vector<KeyEntry>& entries);

// The numbers 0..p-1 in the order of k n mod p, for p prime: the i-th has k n mod p = i.
std::vector<int> around_circle(int k, int p);
// A tick at -step, 0 and step, for gnuplot's `set xtics`.
std::string ticks_about_zero(double step);

// Every how many of n are shown, so that at most `most` are.
int stride_for(int n, int most);

// From deep blue at -1 over nearly white at 0 to brown at 1. Values outside are clamped.
std::string signed_colour(double share);
// gnuplot's palette of these colours from -limit to limit.
void set_signed_palette(Plot& plot, double limit);
// A bar of these colours below the panels on the right, with the numbers at its ends.
void draw_signed_key(Plot& plot, Size size, double limit, const std::string& name);

// A colour for the frequency of this rank by energy. The first six have one of their own.
inline constexpr std::size_t most_hues = 6;
std::string_view hue_of_rank(std::size_t rank);

// Four significant digits: as many as maps show.
double rounded(double value);

// With so many decimals and a true minus sign; never "−0.00".
std::string signed_number(double value, int decimals);

// A cell of CSV; empty where the value is not finite.
std::string number_or_nothing(double value);

} // namespace grokreport::figures::readout
