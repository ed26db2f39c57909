// From a finished SVG to PDF and PNG, and from frames to a film. Equal input gives equal output.
#pragma once

#include "figures/origin.h"

#include <filesystem>
#include <string>

namespace grokreport::figures {

// The versions of the programs that make stills, and films where asked, for stamps. Throws Error naming the
// Debian package of one that is missing.
std::string still_programs();
std::string film_programs();

// One page as large as the figure, with the citation as its document information and no date. rsvg-convert
// writes it; qpdf gives it an identity from its content and compresses it again.
std::string pdf_of(const std::string& svg, const Citation& citation);

// 300 dots an inch on white, with as few colours as look the same.
std::string png_of(const std::string& svg);

// H.264 in MP4, 25 frames a second, no sound, of folder/frame-0000.png, frame-0001.png, ...
std::string film_of(const std::filesystem::path& folder);

} // namespace grokreport::figures
