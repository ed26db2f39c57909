// Makes of the SVG that gnuplot writes one that can stand in a page and on paper: colours as the hexes of the
// palette, no tooltips of gnuplot's own, nothing that is not seen, in a third of the bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures {

// - rgb(r, g, b) becomes #rrggbb; gnuplot's default black becomes the palette's ink.
// - What every element says goes to the root; definitions without use go, and so do <desc>, <title> (browsers
//   show them as tooltips) and groups that hold nothing.
// - Curves lose the points that lie within a 25th of a pixel of their neighbours' line (svg_path.h).
// - Discs of one colour in a row become one path of dots.
// - Slanted edges of areas are smoothed, which gnuplot forbids.
// - Images keep their pixels sharp: each is a number, and a blur between two would be none.
// - Spaces between words of different type are kept, which rsvg-convert drops otherwise.
// Where `point_names` are given, each disc gets one as its <title>, in the order in which gnuplot draws them.
// With keep_plots the parts of a panel that one curve made stay in a group of class "plot-1a", "plot-2a", ...
// Equal input gives equal output. Throws Error for what is no SVG, or where discs and names differ in number.
std::string tidy_svg(std::string_view svg, const std::vector<std::string>& point_names = {},
                     bool keep_plots = false);

// The same with every pixel of its images `factor` times as wide and high, for programs that blur what they
// enlarge.
std::string with_enlarged_images(const std::string& svg, int factor);

} // namespace grokreport::figures
