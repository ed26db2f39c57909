#include "drawing/draw.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/parallel_for.h"
#include "drawing/convert.h"
#include "drawing/film.h"
#include "drawing/gnuplot.h"
#include "drawing/svg.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <mutex>
#include <numeric>
#include <set>
#include <sstream>

namespace grokreport::figures {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 6> suffixes{".svg", ".pdf", ".png", ".csv", ".mp4", ".json"};

// All that decides the bytes of the files besides the drawing. When the steps change, their numbers here, in
// convert.cpp and in film.cpp must be raised, so that existing figures are drawn again.
struct Toolchain {
    std::string stills;
    std::string films; // empty where there are none
};
Toolchain toolchain_of(const Provenance& provenance, bool has_films) {
    // gnuplot is first, so that an error names gnuplot where all programs are missing.
    const std::string gnuplot = gnuplot_version();
    Toolchain programs{fmt::format("steps 2\n{}{}{}, commit {}\n", gnuplot, still_libraries(),
                                   provenance.seeds, provenance.commit),
                       ""};
    if (has_films) programs.films = programs.stills + film_programs();
    return programs;
}

std::vector<std::string_view> suffixes_of(const Drawing& drawing) {
    std::vector<std::string_view> present(suffixes.begin(), suffixes.begin() + 4);
    if (!drawing.frames.empty()) present.push_back(".mp4");
    if (!drawing.variations.empty()) present.push_back(".json");
    return present;
}

fs::path file_of(const Drawing& drawing, const fs::path& folder, std::string_view suffix) {
    return folder / (drawing.id + std::string(suffix));
}

std::string content_of(const Drawing& drawing, const std::string& svg, const std::string& film) {
    return sha256_hex(svg + drawing.csv + film);
}

std::string content_in(const Drawing& drawing, const fs::path& folder) {
    const auto read = [&](std::string_view suffix) { return read_file(file_of(drawing, folder, suffix)); };
    return content_of(drawing, without_metadata(read(".svg")), drawing.frames.empty() ? "" : read(".mp4"));
}

std::string content_line(const std::string& content) {
    return fmt::format("# shows {}\n", content);
}

constexpr std::string_view checksum_prefix = "# the lines above ";

// A checksum of the stamp itself, so that a damaged stamp is not valid.
std::string with_checksum(const std::string& lines) {
    return fmt::format("{}{}{}\n", lines, checksum_prefix, sha256_hex(lines));
}

// The stamp of the drawing with the files that `folder` has now; empty where a file is missing.
std::string stamp_of(const Drawing& drawing, const fs::path& folder, const Toolchain& programs) {
    std::string inputs = sha256_hex(drawing.frames.empty() ? programs.stills : programs.films) +
                         sha256_hex(drawing.script) + sha256_hex(drawing.csv);
    if (!drawing.frames.empty()) inputs += sha256_hex(drawing.frames);
    for (const std::string& name : drawing.point_names)
        inputs += sha256_hex(name);
    inputs += sha256_hex(drawing.variations);
    std::string stamp = fmt::format("# drawn from {}\n", sha256_hex(inputs));
    for (const std::string_view suffix : suffixes_of(drawing)) {
        const fs::path file = file_of(drawing, folder, suffix);
        if (!fs::exists(file)) return "";
        stamp += fmt::format("{}  {}\n", sha256_of_file(file), file.filename().string());
    }
    return with_checksum(stamp + content_line(content_in(drawing, folder)));
}

struct Still {
    std::string svg, pdf, png, content;
};

// Throws Error with the name of the figure. `film` is part of its content.
Still draw_still(const Drawing& drawing, const Provenance& provenance, const std::string& film) {
    const std::string drawn = run_gnuplot(drawing.id, drawing.script, still_time_limit);
    try {
        const std::string svg = tidy_svg(drawn, drawing.point_names, !drawing.variations.empty());
        const Citation citation{drawing.id, provenance, content_of(drawing, svg, film)};
        return {with_metadata(svg, citation), pdf_of(svg, citation), png_of(svg), citation.content};
    } catch (const Error& problem) {
        throw Error(fmt::format("figure {}: {}", drawing.id, problem.problem()),
                    "correct it in src/sections");
    }
}

DrawnFigure draw_if_needed(const Drawing& drawing, const Provenance& provenance, const fs::path& folder,
                           const Toolchain& programs) {
    const fs::path stamp_file = stamps_folder(folder) / drawing.id;
    if (fs::exists(stamp_file) && read_file(stamp_file) == stamp_of(drawing, folder, programs))
        return {drawing.id, content_in(drawing, folder), false};

    const std::vector<std::string_view> present = suffixes_of(drawing);
    // All is made before the first file is written
    const std::string film = drawing.frames.empty() ? "" : film_of(drawing, folder);
    const Still still = draw_still(drawing, provenance, film);
    write_file(file_of(drawing, folder, ".svg"), still.svg);
    write_file(file_of(drawing, folder, ".pdf"), still.pdf);
    write_file(file_of(drawing, folder, ".png"), still.png);
    write_file(file_of(drawing, folder, ".csv"), drawing.csv);
    if (!drawing.frames.empty()) write_file(file_of(drawing, folder, ".mp4"), film);
    if (!drawing.variations.empty()) write_file(file_of(drawing, folder, ".json"), drawing.variations + "\n");
    // Remove other files of an earlier drawing of this name, such as its film.
    for (const std::string_view suffix : suffixes)
        if (std::ranges::find(present, suffix) == present.end()) fs::remove(file_of(drawing, folder, suffix));
    write_file(stamp_file, stamp_of(drawing, folder, programs));
    return {drawing.id, still.content, true};
}

void require_unique_ids(std::span<const Drawing> drawings) {
    std::set<std::string> seen;
    for (const Drawing& drawing : drawings)
        if (!seen.insert(drawing.id).second)
            throw Error(fmt::format("two figures are called '{}'", drawing.id), "give each its own id");
}

} // namespace

fs::path stamps_folder(const fs::path& folder) {
    return folder / ".stamps";
}

std::vector<DrawnFigure> draw_all(std::span<const Drawing> drawings, const Provenance& provenance,
                                  const fs::path& folder, int workers, const DrawProgress& progress) {
    require_unique_ids(drawings);
    const Toolchain programs =
        toolchain_of(provenance, !std::ranges::all_of(drawings, &std::string::empty, &Drawing::frames));

    // Films take longest, so they are first: all workers then end at about the same time.
    std::vector<std::size_t> order(drawings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t i) { return !drawings[i].frames.empty(); });

    std::vector<DrawnFigure> drawn(drawings.size());
    std::mutex progress_mutex;
    parallel_for_each(order, workers, [&](std::size_t i) {
        drawn[i] = draw_if_needed(drawings[i], provenance, folder, programs);
        const std::lock_guard lock(progress_mutex);
        if (progress) progress(drawn[i]);
    });
    return drawn;
}

bool draw(const Drawing& drawing, const fs::path& folder, const Provenance& provenance) {
    return draw_all(std::span(&drawing, 1), provenance, folder, 1).front().drawn;
}

bool is_whole(const std::string& id, const std::string& content, const fs::path& folder) {
    const fs::path stamp_file = stamps_folder(folder) / id;
    if (!fs::exists(stamp_file)) return false;
    const std::string text = read_file(stamp_file), stamp = text.substr(0, text.rfind(checksum_prefix));
    if (text != with_checksum(stamp) || !stamp.ends_with(content_line(content))) return false;
    std::istringstream lines(stamp);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) continue;
        const std::size_t spaces = line.find("  "); // between the hash and the name
        if (spaces == std::string::npos) return false;
        const fs::path file = folder / line.substr(spaces + 2);
        if (!fs::exists(file) || sha256_of_file(file) != line.substr(0, spaces)) return false;
    }
    return true;
}

void remove_other_figures(const std::vector<std::string>& ids, const fs::path& folder) {
    const auto is_drawn = [&](const std::string& id) { return std::ranges::count(ids, id) > 0; };
    std::vector<fs::path> others;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing))
        if (std::ranges::count(suffixes, entry.path().extension().string()) > 0 &&
            !is_drawn(entry.path().stem().string()))
            others.push_back(entry.path());
    for (const auto& entry : fs::directory_iterator(stamps_folder(folder), missing))
        if (!is_drawn(entry.path().filename().string())) others.push_back(entry.path());
    for (const fs::path& other : others)
        fs::remove(other);
}

} // namespace grokreport::figures
