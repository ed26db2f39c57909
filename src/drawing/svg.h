// Turns the SVG of gnuplot into one for pages and paper: the colours of the palette, no tooltips of gnuplot,
// no invisible elements, and a third of the bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures {

// - rgb(r, g, b) becomes #rrggbb; gnuplot's default black becomes the palette's ink.
// - Attributes that all elements share move to the root. Unused definitions, <desc>, <title> (a tooltip in
//   browsers) and empty groups are removed.
// - Curves lose the points that lie within a 25th of a pixel of the line through their neighbours
//   (svg_path.h).
// - Consecutive discs of one colour become one path of dots.
// - Slanted edges of areas are smoothed; gnuplot turns that off.
// - The pixels of images stay sharp, because each pixel is a number.
// - Spaces between words of different type stay; without xml:space librsvg drops them.
// With `point_names` each disc has one of them as its <title>, in the order in which gnuplot draws the discs.
// With keep_plots the elements of one curve in one panel stay in a group of class "plot-1a", "plot-2a", ...
// Equal input gives equal output. Throws Error where `svg` is not SVG, or where the numbers of discs and
// names differ.
std::string tidy_svg(std::string_view svg, const std::vector<std::string>& point_names = {},
                     bool keep_plots = false);

// `svg` with every pixel of its images `factor` times as wide and high, for programs that blur enlarged
// images.
std::string with_enlarged_images(const std::string& svg, int factor);

} // namespace grokreport::figures
