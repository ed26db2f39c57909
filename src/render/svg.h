// A drawn SVG made fit to stand inside a page: beside other SVGs, described in words, on a light or dark
// page.
#pragma once

#include "drawing/style.h"

#include <span>
#include <string>
#include <string_view>

namespace grokreport::render {

// The <svg> element alone (no XML prolog, no document type, no <metadata>, no <title> but those of
// points, which show as tooltips), with
//   - every id and every reference to one (url(#x), href="#x", aria-labelledby) prefixed by `id` and a dash,
//   - role="img" and `alt` as its aria-label,
//   - width and height left to the page, which the viewBox keeps in proportion and which finds the width that
//   the
//     figure was drawn for in --natural-width,
//   - every light hex of the palette as var(--figure-<name>, <hex>).
// Throws Error naming the figure where there is no <svg>, or where it has a script, an event handler or a
// link to another file.
std::string inline_svg(std::string_view svg, const std::string& id, std::string_view alt,
                       std::span<const figures::Colour> palette);

} // namespace grokreport::render
