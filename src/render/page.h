// Renders results, templates and figures as one HTML page that needs no other file.
//
// Templates and results must fit in both directions. Error with file:line:column: a name that the results
// lack, a figure or claim that does not exist, a formula that does not parse. Error with the name: a fact
// that no template names, a figure that no template shows, a claim without a badge in the text or without a
// formula, a work that is not cited.
#pragma once

#include "runs/paths.h"
#include "runs/results.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace grokreport {

// A cache that one rendering leaves for the next: after a change of prose, figures and formulas are not
// rendered again. It does not change the page.
struct RenderCache {
    std::map<std::string, std::string> figures; // HTML, by all its inputs
    std::vector<std::string> formulas_asked;    // TeX of the last rendering
    std::vector<std::string> formulas;          // their HTML
};

struct RenderOptions {
    RenderCache* cache = nullptr; // without it nothing is kept in memory
    std::filesystem::path katex = katex_folder;
    std::filesystem::path chapters{};       // of the *.md and references.json; empty for paths.templates
    std::filesystem::path figures{};        // empty for paths.figures(seed)
    std::filesystem::path formulas_cache{}; // typeset formulas for the next rendering; empty for none
};

// The page of one seed, or of a model that was trained elsewhere (Results::model). Reads paths.templates:
// NN-*.md in the order of their numbers, then the other *.md as appendices; references.json, formulas.tex;
// page.html, claim.html, figure.html, style.css, page.js, figures.js; mathematics.js, code.py; for a model
// explorer explorer.html and explorer*.js. Reads the
// files of the figures, runs node and python3, and writes the cache of formulas where it is named. Equal
// input gives equal output. Throws Error as described above and where a file or program is missing.
std::string render_report(const Results& results, const Paths& paths, const RenderOptions& options = {});

} // namespace grokreport
