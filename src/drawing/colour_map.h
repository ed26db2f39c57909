// Colours for numbers. Both maps are computed in OKLab (B. Ottosson, "A perceptual color space for image
// processing", 2020), where equal steps look equal.
#pragma once

#include <string>

namespace grokreport::figures {

// A cyclic map from cool to warm and back on another way, for the phase of a point: blue at 0, purple, red at
// 1/2, brown-grey, blue. Its lightness is constant and chosen to stand out (contrast of 3) from the light
// page and from the dark one, so these colours need no second version. Any finite turn is taken modulo 1.
std::string phase_colour(double turn); // "#rrggbb"

// A sequential map for heat maps, from pale at 0 to deep blue at 1, of strictly falling lightness. Values
// outside [0, 1] are clamped.
std::string heat_colour(double share); // "#rrggbb"

// The heat map as gnuplot's `set palette` command.
std::string heat_palette_command();

} // namespace grokreport::figures
