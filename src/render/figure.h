// A figure of the page: the drawing, its number and caption, its files for download, and its citation.
#pragma once

#include "render/template.h"
#include "runs/results.h"

#include <filesystem>
#include <string>

namespace grokreport::render {

struct FigureText {
    std::string id;      // "training-10k"
    std::string alt;     // one sentence, plain text
    std::string caption; // HTML, may contain placeholders (inline_elements.h)
    std::size_t number;
};

// Properties that all figures of a report share.
struct FigureSource {
    std::filesystem::path folder;
    std::string run;       // in the names of its files: "seed0"
    bool imported = false; // trained elsewhere
    std::string year;      // of the training; "" where that was not recorded
    std::string version;   // of the project
};

// figure.html filled for one figure, from <folder>/<id>.svg, .pdf and .csv. If <id>.mp4 exists, the
// figure is a film with the SVG as its poster. If <id>.json exists, it has a slider for its variations.
// stored: the provenance and the content hash. Throws Error with the name of a missing file, where the SVG
// does not show `stored.content`, and for a name that the template lacks.
//
// No file stands in the page twice: the PDF is a link, the CSV is compressed, and figures.js makes the SVG
// and the PNG from the drawing in the page. Names for the template:
//     texts   id, alt, number, run, seeds, commit, version, content, short_content, year, metadata, width,
//             aspect, chosen, largest
//     truths  narrow (at most one column wide), stands, moves, varies, has_year, imported
//     HTML    drawing, caption, variations, and as data: URIs pdf, csv, film, poster
std::string figure_html(const Template& figure_template, const FigureText& figure, const FigureSource& source,
                        const StoredFigure& stored);

} // namespace grokreport::render
