// From drawings to files: gnuplot makes the SVG, others make PDF and PNG of it (convert.h), and the data lies
// beside them as CSV. Of a figure that moves, gnuplot draws the frames and ffmpeg makes an MP4 of them.
#pragma once

#include "drawing/provenance.h"
#include "drawing/plot.h"

#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace grokreport::figures {

struct DrawnFigure {
    std::string id;
    // SHA-256 of what the figure shows: the bytes of <id>.svg without its <metadata>, of <id>.csv and, where
    // there is one, of <id>.mp4, one after the other.
    std::string content;
    bool drawn = false; // false: the files of an earlier run were still right
};

// Called after each figure, from one thread at a time.
using DrawProgress = std::function<void(const DrawnFigure&)>;

// Writes <id>.svg, .pdf, .png (300 dpi, white), .csv and, where it has frames, .mp4 (H.264, 25 frames a
// second, no sound) and, where it has variations, .json of every drawing into `folder`, each whole or not at
// all, on up to `workers` threads. SVG and PDF carry origin and content in their metadata. The same drawings
// give the same bytes.
//
// A figure is left alone when folder/.stamps/<id> (lines as of sha256sum) says that it was made from the same
// drawing of the same origin by the same programs and its files still have the hashes stated there.
//
// Throws Error: two drawings with one id; a program missing (naming the Debian package); a script that
// gnuplot complains about, in gnuplot's words, warnings included, since a figure with a curve missing is no
// figure. Of several failures the first in the order of `drawings` is thrown, after the others were drawn.
std::vector<DrawnFigure> draw_all(std::span<const Drawing> drawings, const Origin& origin,
                                  const std::filesystem::path& folder, int workers,
                                  const DrawProgress& progress = {});

// The same for one; whether it was drawn.
bool draw(const Drawing& drawing, const std::filesystem::path& folder, const Origin& origin = {});

// Where the stamps of the figures in `folder` lie.
std::filesystem::path stamps_folder(const std::filesystem::path& folder);

// Whether the files of figure `id` in `folder` show `content` (DrawnFigure), and each is as it was drawn.
bool is_whole(const std::string& id, const std::string& content, const std::filesystem::path& folder);

// Removes the files of figures that are not among `ids`, such as those of frequencies that are no longer
// key. Touches nothing but files named like figures and their stamps.
void remove_other_figures(const std::vector<std::string>& ids, const std::filesystem::path& folder);

} // namespace grokreport::figures
