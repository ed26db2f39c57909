// Renders an SVG with librsvg and cairo. Equal input gives equal bytes. Throws Error where the text is not
// SVG, states no size in pixels or cannot be rendered, and where there is no memory for the picture.
#pragma once

#include <string>

namespace grokreport::figures {

// A PDF of one page. A pixel of the SVG is 3/4 point (1/96 inch).
std::string svg_to_pdf(const std::string& svg);

// A PNG on white, with `zoom` dots for a pixel of the SVG.
std::string svg_to_png(const std::string& svg, double zoom);

// "librsvg 2.54.7, cairo 1.16.0"
std::string svg_renderer_version();

} // namespace grokreport::figures
