// Films: gnuplot draws the frames, ffmpeg makes an MP4 of them.
#pragma once

#include "drawing/plot.h"

#include <filesystem>
#include <string>

namespace grokreport::figures {

// The gnuplot command before the frames of a figure of this size: PNG of an even size, as H.264 needs, and up
// to twice as large as the figure: sharp enough, no more.
std::string frames_terminal(Size size);

// H.264 in MP4, 25 frames a second, no sound, no date. The frames lie in a temporary folder below `folder`.
// Throws Error where a program is missing, fails or writes to stderr, or where a frame is truncated, as on a
// full disk.
std::string film_of(const Drawing& drawing, const std::filesystem::path& folder);

// The version of ffmpeg, for stamps. Throws Error with the Debian package where ffmpeg is missing.
std::string film_programs();

} // namespace grokreport::figures
