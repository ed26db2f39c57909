// Tidies the SVG that gnuplot writes, so that it can stand in a page: colours as the hexes of the palette,
// no tooltips of gnuplot's own, nothing empty.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

// - rgb(r, g, b) becomes #rrggbb; gnuplot's default black becomes the palette's ink.
// - <title> elements go (browsers show them as tooltips), and so do <desc> and groups that hold nothing.
// - Slanted edges of areas are smoothed, which gnuplot forbids.
// - Images keep their pixels sharp: each is a number, and a blur between two would be none.
// - Spaces between words of different type are kept, which rsvg-convert drops otherwise.
// Equal input gives equal output.
std::string tidy_svg(std::string_view svg);

} // namespace grokreport::figures
