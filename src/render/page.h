// The last stage: results, templates and figures become one HTML page that needs nothing beside it.
//
// Strict both ways. A name that a template uses and the results lack, a figure or claim that does not exist,
// a formula that does not parse: Error with file:line:column. A fact that no template names, a figure that
// none shows, a claim that stands in no sentence or has no formula, a work that is not cited: Error naming
// it.
#pragma once

#include "runs/paths.h"
#include "runs/results.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace grokreport {

// What renderings leave for the next one, so that a change of prose costs neither figures nor formulas again.
// It never changes what is rendered.
struct RenderMemory {
    std::map<std::string, std::string> figures; // HTML, by all that it is made of
    std::vector<std::string> formulas_asked;    // and what was made of these formulas
    std::vector<std::string> formulas;
};

struct RenderOptions {
    RenderMemory* memory = nullptr; // none: all is made anew
    std::filesystem::path katex = katex_folder;
    // Where they are not those of the seed: the folder of the *.md and references.json, and of the figures.
    std::filesystem::path chapters{}, figures{};
};

// The page of one seed, or of a model that was trained elsewhere (Results::model). Reads paths.templates
// (NN-*.md in order of their numbers, then the other *.md as appendices; references.json, formulas.tex;
// page.html, claim.html, figure.html, style.css, page.js, figures.js; mathematics.js, code.py) and the files
// of paths.figures(seed); runs node and python3. Equal input gives equal output.
std::string render_report(const Results& results, const Paths& paths, const RenderOptions& options = {});

} // namespace grokreport
