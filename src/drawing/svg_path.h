// The numbers of a drawing, written short: an SVG holds thousands of them.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

// A distance as a user of the figure sees it: pixels of 1/96 inch, to a tenth, which is a 38th of a
// millimetre. "1.5", "-.2", "0".
std::string short_number(double pixels);

// The path data of polylines (M, L and Z, absolute, as gnuplot writes them) with relative steps, without the
// points that lie within `tolerance` pixels of the line through their neighbours. No vertex moves by more
// than a twentieth of a pixel in either direction. Other path data comes back as it is.
std::string short_path(std::string_view data, double tolerance);

// The points of a polygon, "x,y x,y ...", each to a tenth of a pixel.
std::string short_points(std::string_view points);

} // namespace grokreport::figures
