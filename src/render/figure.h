// A figure as it stands in the page: the drawing itself, its number and caption, and its files to take along.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace grokreport::render {

struct FigureText {
    std::string id;      // "training-10k"
    std::string alt;     // one sentence, plain text
    std::string caption; // HTML, may hold tokens (pieces.h)
    std::size_t number;
};

// <figure id="figure-<id>"> from <folder>/<id>.svg, .pdf, .png and .csv; where <id>.mp4 lies beside them, a
// video with the SVG as its poster. Throws Error naming a missing file.
std::string figure_html(const FigureText& figure, const std::filesystem::path& folder, std::uint64_t seed);

} // namespace grokreport::render
