// Heat maps are pictures inside a drawing, one pixel a pair of numbers.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

// A PNG in base64 with every pixel `factor` times as wide and high, with a table of its colours where there
// are at most 256: small, and sharp in programs that blur what they enlarge, as rsvg-convert does.
// Throws Error where it is no PNG.
std::string enlarged_png(std::string_view base64, int factor);

} // namespace grokreport::figures
