// A figure that moves: gnuplot draws the frames, ffmpeg makes an MP4 of them.
#pragma once

#include "drawing/plot.h"

#include <filesystem>
#include <string>

namespace grokreport::figures {

// H.264 in MP4, 25 frames a second, no sound, no date. The frames lie in a folder of their own below `folder`
// until then. Throws Error where a program is missing, fails or complains, or where a frame is not whole, as
// on a disk that is full.
std::string film_of(const Drawing& drawing, const std::filesystem::path& folder);

// The version of what makes films, for stamps. Throws Error naming the Debian package of what is missing.
std::string film_programs();

} // namespace grokreport::figures
