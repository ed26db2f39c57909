// PDF and PNG of a finished SVG. Equal input gives equal output. Throws Error where the SVG cannot be
// rendered.
#pragma once

#include "drawing/provenance.h"

#include <string>

namespace grokreport::figures {

// The versions of the libraries that make stills, for stamps.
std::string still_libraries();

// One page of the size of the figure, with the citation as its document information and without a date.
// qpdf compresses it and derives its identifier from its content.
std::string pdf_of(const std::string& svg, const Citation& citation);

// 300 dots an inch on white.
std::string png_of(const std::string& svg);

} // namespace grokreport::figures
