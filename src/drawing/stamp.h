// What the files of a figure were drawn from: folder/.stamps/<id>, lines as of sha256sum. A figure whose
// stamp is right is not drawn again.
#pragma once

#include "drawing/plot.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures {

// All that decides the bytes of the files besides the drawing: versions, provenance, and the numbers of the
// steps in draw.cpp, convert.cpp and film.cpp.
struct Toolchain {
    std::string stills;
    std::string films; // empty where no drawing has frames
};

// The suffixes of all files that a figure can have.
std::span<const std::string_view> figure_suffixes();

// The suffixes of the files that this drawing has.
std::vector<std::string_view> suffixes_of(const Drawing& drawing);

std::filesystem::path file_of(const Drawing& drawing, const std::filesystem::path& folder,
                              std::string_view suffix);

// DrawnFigure::content (draw.h). `svg` is without metadata; `film` is empty where there is none.
std::string content_of(const Drawing& drawing, const std::string& svg, const std::string& film);

// The content where the stamp of the drawing is right and its files are what it states.
std::optional<std::string> content_drawn_before(const Drawing& drawing, const std::filesystem::path& folder,
                                                const Toolchain& toolchain);

// The MP4 of the drawing where `folder`, or the folder of another seed beside it (seed-*), has a film of the
// same frames: films that show no data of a run are the same for all seeds. Nothing where there is none.
std::optional<std::string> film_drawn_before(const Drawing& drawing, const std::filesystem::path& folder,
                                             const Toolchain& toolchain);

// Stamps the files that `folder` has now. Throws Error where one is missing.
void write_stamp(const Drawing& drawing, const std::filesystem::path& folder, const Toolchain& toolchain);

// The folder of the stamps of the figures in `folder`.
std::filesystem::path stamps_folder(const std::filesystem::path& folder);

// Whether the files of figure `id` in `folder` show `content` (DrawnFigure) and have the hashes of their
// stamp.
bool is_whole(const std::string& id, const std::string& content, const std::filesystem::path& folder);

} // namespace grokreport::figures
