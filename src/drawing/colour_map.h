// Colours for numbers. Both maps are computed in OKLab, where equal steps look equal (B. Ottosson, "A
// perceptual color space for image processing", 2020).
#pragma once

#include <cstdint>
#include <string>

namespace grokreport::figures {

// A cyclic map for the phase of a point, in turns: blue at 0, purple, red at 1/2, brown-grey, blue at 1. The
// lightness is constant and has a contrast of 3 to the light page and to the dark page, so these colours need
// no second version. Any finite turn is taken modulo 1.
std::string phase_colour(double turn); // "#rrggbb"

// The phase of number n at frequency k in turns: k n / p less whole turns, in [0, 1). n: not negative.
double phase_turn(int k, std::int64_t n, std::int64_t p);

// A sequential map for heat maps, from pale at 0 to deep blue at 1. The lightness falls strictly. Values
// outside [0, 1] are clamped.
std::string heat_colour(double share); // "#rrggbb"

// The heat map as gnuplot's `set palette` command.
std::string heat_palette_command();

} // namespace grokreport::figures
