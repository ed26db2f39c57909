// Heat maps are PNG images inside an SVG, with one pixel for each pair of numbers.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

// The PNG in base64 with every pixel `factor` times as wide and high, for renderers that blur enlarged
// images, as librsvg does. With at most 256 colours the PNG has a palette, which makes it small. Throws Error
// where `base64` is not a PNG.
std::string enlarged_png(std::string_view base64, int factor);

} // namespace grokreport::figures
