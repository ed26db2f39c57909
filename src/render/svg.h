// Adapts the SVG of a figure so that it can stand inside an HTML page: beside other SVGs, with a description,
// in light or dark colours.
#pragma once

#include "drawing/style.h"

#include <span>
#include <string>
#include <string_view>

namespace grokreport::render {

// The <svg> element alone: no XML prolog, no document type, no <metadata>, no <title> except those of points,
// which browsers show as tooltips. In it
//   - every id and every reference to one (url(#x), href="#x", aria-labelledby) has the prefix "<id>-",
//   - role is "img", and aria-label is `alt`,
//   - width and height are removed; viewBox keeps the proportions and --natural-width the width,
//   - every light colour of the palette is var(--figure-<name>, <hex>).
// Throws Error with `id` where there is no <svg>, and where it contains a script, an event handler or a link
// to another file.
std::string inline_svg(std::string_view svg, const std::string& id, std::string_view alt,
                       std::span<const figures::Colour> palette);

} // namespace grokreport::render
