// Short forms of the numbers of an SVG, which holds thousands of them.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

// A distance in pixels of 1/96 inch, rounded to a tenth: "1.5", "-.2", "0".
std::string short_number(double pixels);

// The path data of polylines (M, L and Z, absolute, as gnuplot writes them) with relative steps and without
// the points that lie within `tolerance` pixels of the line through their neighbours. No vertex moves by more
// than a twentieth of a pixel in x or in y. Other path data stays as it is.
std::string short_path(std::string_view data, double tolerance);

// The points of a polygon, "x,y x,y ...", each rounded to a tenth of a pixel.
std::string short_points(std::string_view points);

} // namespace grokreport::figures
