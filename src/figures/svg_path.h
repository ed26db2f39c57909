// The numbers of a drawing, written short: an SVG holds thousands of them.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

// A distance as a user of the figure sees it: pixels of 1/96 inch, to a hundredth. "1.5", "-.25", "0".
std::string short_number(double pixels);

// The path data of polylines (M, L and Z, absolute, as gnuplot writes them) with relative steps, without the
// points that lie within `tolerance` pixels of the line through their neighbours. No vertex moves by more than
// half of a hundredth of a pixel. Other path data comes back as it is.
std::string short_path(std::string_view data, double tolerance);

// The points of a polygon, "x,y x,y ...", each to a hundredth of a pixel.
std::string short_points(std::string_view points);

} // namespace grokreport::figures
