// A figure as it stands in the page: the drawing itself, its number and caption, its files to take along, and
// how to cite it.
#pragma once

#include "render/template.h"
#include "runs/results.h"

#include <filesystem>
#include <string>

namespace grokreport::render {

struct FigureText {
    std::string id;      // "training-10k"
    std::string alt;     // one sentence, plain text
    std::string caption; // HTML, may hold tokens (inline_elements.h)
    std::size_t number;
};

// What the files of all figures of a report have in common.
struct FigureSource {
    std::filesystem::path folder;
    std::string run;       // in the names of its files: "seed0"
    bool imported = false; // trained elsewhere
    std::string year;      // of the training; "" where that was not recorded
    std::string version;   // of the project
};

// figure.html filled for one figure, from <folder>/<id>.svg, .pdf, .png and .csv; where <id>.mp4 lies beside
// them, a film with the SVG as its poster, and where <id>.json does, a slider over its variations. stored:
// whence it comes and the hash of what it shows. Throws Error naming a missing file or a name that the
// template lacks.
//
// Every byte is there once: PDF and PNG as links, the CSV deflated, and the SVG as the drawing of the page,
// of which figures.js makes the file again. Names of the template:
//     id, alt, number, run, seeds, commit, version, content, short_content, year, metadata, width, chosen,
//     largest (text) stands, moves, varies, has_year, imported (truths) drawing, caption, variations, pdf,
//     png, csv, film, poster (HTML; the last five are data: URIs)
std::string figure_html(const Template& figure_template, const FigureText& figure, const FigureSource& source,
                        const StoredFigure& stored);

} // namespace grokreport::render
