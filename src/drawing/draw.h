// The files of figures: SVG by gnuplot, PDF and PNG converted from it (convert.h), the data as CSV, and MP4
// of films (film.h).
#pragma once

#include "drawing/plot.h"
#include "drawing/provenance.h"

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace grokreport::figures {

struct DrawnFigure {
    std::string id;
    // SHA-256 of the bytes of <id>.svg without its <metadata>, then of <id>.csv and, for a film, of <id>.mp4.
    std::string content;
    bool drawn = false; // false where the files of an earlier run are up to date
};

// Called after each figure, from one thread at a time.
using DrawProgress = std::function<void(const DrawnFigure&)>;

// Writes the files of every drawing into `folder`, on up to `workers` threads: <id>.svg, .pdf, .png (300 dots
// an inch, white), .csv, .mp4 (H.264, 25 frames a second, no sound) where there are frames, and .json where
// there are variations. No file is ever written in part. SVG and PDF hold provenance and content in their
// metadata. Equal drawings give equal bytes.
//
// A figure is not drawn again when its stamp (stamp.h) states the same drawing, the same provenance, the same
// programs and libraries, and the hashes of its files. A film that another seed has is copied.
//
// Throws Error where two drawings have one id, where a program is missing (with its Debian package), where
// gnuplot or ffmpeg writes an error or a warning (with its message), and where librsvg fails. Of several
// failures the first in the order of `drawings` is thrown, after all other figures are drawn.
std::vector<DrawnFigure> draw_all(std::span<const Drawing> drawings, const Provenance& provenance,
                                  const std::filesystem::path& folder, int workers,
                                  const DrawProgress& progress = {});

// draw_all for one drawing. Returns whether it was drawn.
bool draw(const Drawing& drawing, const std::filesystem::path& folder, const Provenance& provenance = {});

// Removes the files and stamps of figures that are not in `ids`, such as those of former key frequencies.
// Other files stay.
void remove_other_figures(const std::vector<std::string>& ids, const std::filesystem::path& folder);

} // namespace grokreport::figures
