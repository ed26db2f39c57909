// From a finished SVG to PDF and PNG. Equal input gives equal output. Throws Error, with the name and the
// words of the program that failed, or that wrote something else.
#pragma once

#include "drawing/provenance.h"

#include <string>
#include <string_view>

namespace grokreport::figures {

// The versions of the programs that make them, for stamps. Throws Error naming the Debian package of one that
// is missing.
std::string still_programs();

// One page as large as the figure, with the citation as its document information and no date. rsvg-convert
// writes it; qpdf gives it an identity from its content and compresses it again.
std::string pdf_of(const std::string& svg, const Citation& citation);

// Whether the bytes begin and end as a PNG does: one that was cut is none.
bool is_png(std::string_view bytes);

// 300 dots an inch on white, with as few colours as look the same.
std::string png_of(const std::string& svg);

} // namespace grokreport::figures
