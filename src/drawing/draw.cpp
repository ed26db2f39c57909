#include "drawing/draw.h"

#include "base/error.h"
#include "base/files.h"
#include "base/parallel_for.h"
#include "drawing/convert.h"
#include "drawing/film.h"
#include "drawing/gnuplot.h"
#include "drawing/stamp.h"
#include "drawing/svg.h"
#include "drawing/svg_renderer.h"

#include <algorithm>
#include <fmt/format.h>
#include <mutex>
#include <numeric>
#include <set>

namespace grokreport::figures {

namespace fs = std::filesystem;

namespace {

// When the steps change, their numbers here, in convert.cpp and in film.cpp must be raised, so that existing
// figures are drawn again.
Toolchain toolchain_of(const Provenance& provenance, bool has_films) {
    // gnuplot is first, so that an error names gnuplot where all programs are missing.
    const std::string gnuplot = gnuplot_version();
    Toolchain toolchain{fmt::format("steps 2\n{}{}{}, commit {}\n", gnuplot, still_libraries(),
                                    provenance.seeds, provenance.commit),
                        ""};
    if (has_films)
        toolchain.films = gnuplot + svg_renderer_version() + film_programs(); // gnuplot draws frames by cairo
    return toolchain;
}

struct Still {
    std::string svg, pdf, png, content;
};

// Calls `make`. An Error names the figure and ends with `mend`.
template <typename Make>
auto naming(const Drawing& drawing, const std::string& mend, const Make& make) {
    try {
        return make();
    } catch (const Error& problem) {
        throw Error(fmt::format("figure {}: {}", drawing.id, problem.problem()), mend);
    }
}

// `film` is part of the content of a figure.
Still draw_still(const Drawing& drawing, const Provenance& provenance, const std::string& film) {
    const std::string drawn = run_gnuplot(drawing.id, drawing.script, still_time_limit);
    const std::string svg = naming(drawing, "correct it in src/sections", [&] {
        return tidy_svg(drawn, drawing.point_names, !drawing.variations.empty());
    });
    const Citation citation{drawing.id, provenance, content_of(drawing, svg, film)};
    return naming(drawing, "free some memory, or try another version of librsvg", [&] {
        return Still{with_metadata(svg, citation), pdf_of(svg, citation), png_of(svg), citation.content};
    });
}

DrawnFigure draw_if_needed(const Drawing& drawing, const Provenance& provenance, const fs::path& folder,
                           const Toolchain& toolchain) {
    if (const auto content = content_drawn_before(drawing, folder, toolchain))
        return {drawing.id, *content, false};

    // All is made before the first file is written
    std::string film;
    if (!drawing.frames.empty()) {
        auto before = film_drawn_before(drawing, folder, toolchain);
        film = before ? *std::move(before) : film_of(drawing, folder);
    }
    const Still still = draw_still(drawing, provenance, film);
    write_file(file_of(drawing, folder, ".svg"), still.svg);
    write_file(file_of(drawing, folder, ".pdf"), still.pdf);
    write_file(file_of(drawing, folder, ".png"), still.png);
    write_file(file_of(drawing, folder, ".csv"), drawing.csv);
    if (!drawing.frames.empty()) write_file(file_of(drawing, folder, ".mp4"), film);
    if (!drawing.variations.empty()) write_file(file_of(drawing, folder, ".json"), drawing.variations + "\n");
    // Remove other files of an earlier drawing of this name, such as its film.
    const std::vector<std::string_view> present = suffixes_of(drawing);
    for (const std::string_view suffix : figure_suffixes())
        if (std::ranges::find(present, suffix) == present.end()) fs::remove(file_of(drawing, folder, suffix));
    write_stamp(drawing, folder, toolchain);
    return {drawing.id, still.content, true};
}

void require_unique_ids(std::span<const Drawing> drawings) {
    std::set<std::string> seen;
    for (const Drawing& drawing : drawings)
        if (!seen.insert(drawing.id).second)
            throw Error(fmt::format("two figures are called '{}'", drawing.id), "give each its own id");
}

} // namespace

std::vector<DrawnFigure> draw_all(std::span<const Drawing> drawings, const Provenance& provenance,
                                  const fs::path& folder, int workers, const DrawProgress& progress) {
    require_unique_ids(drawings);
    const Toolchain toolchain =
        toolchain_of(provenance, !std::ranges::all_of(drawings, &std::string::empty, &Drawing::frames));

    // Films take longest, so they are first: all workers then end at about the same time.
    std::vector<std::size_t> order(drawings.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_partition(order.begin(), order.end(),
                          [&](std::size_t i) { return !drawings[i].frames.empty(); });

    std::vector<DrawnFigure> drawn(drawings.size());
    std::mutex progress_mutex;
    parallel_for_each(order, workers, [&](std::size_t i) {
        drawn[i] = draw_if_needed(drawings[i], provenance, folder, toolchain);
        const std::lock_guard lock(progress_mutex);
        if (progress) progress(drawn[i]);
    });
    return drawn;
}

bool draw(const Drawing& drawing, const fs::path& folder, const Provenance& provenance) {
    return draw_all(std::span(&drawing, 1), provenance, folder, 1).front().drawn;
}

void remove_other_figures(const std::vector<std::string>& ids, const fs::path& folder) {
    const auto is_drawn = [&](const std::string& id) { return std::ranges::count(ids, id) > 0; };
    std::vector<fs::path> others;
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing))
        if (std::ranges::count(figure_suffixes(), entry.path().extension().string()) > 0 &&
            !is_drawn(entry.path().stem().string()))
            others.push_back(entry.path());
    for (const auto& entry : fs::directory_iterator(stamps_folder(folder), missing))
        if (!is_drawn(entry.path().filename().string())) others.push_back(entry.path());
    for (const fs::path& other : others)
        fs::remove(other);
}

} // namespace grokreport::figures
