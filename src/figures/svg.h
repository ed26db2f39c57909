// Tidies the SVG that gnuplot writes, so that it can stand in a page: colours as the hexes of the palette,
// no tooltips of gnuplot's own, nothing empty.
#pragma once

#include <string>
#include <string_view>

namespace grokreport::figures {

// - rgb(r, g, b) becomes #rrggbb; gnuplot's default black becomes the palette's ink.
// - <title> elements go (browsers show them as tooltips), and so do <desc> and groups that hold nothing.
// Equal input gives equal output.
std::string tidy_svg(std::string_view svg);

} // namespace grokreport::figures
