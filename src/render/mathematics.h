// Formulas typeset by KaTeX while the page is made, so that the page needs neither a script nor a network for
// them.
#pragma once

#include "render/inline_elements.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace grokreport::render {

struct KatexFiles {
    std::filesystem::path script;                                 // templates/mathematics.js
    std::filesystem::path folder = "/usr/share/javascript/katex"; // katex.js, katex.min.css, fonts/
    std::filesystem::path cache{}; // of the last answer of node; empty for none
};

// HTML with MathML of each formula, in one call of node, or in none where the cache has the answer to the
// same formulas by the same scripts. Throws Error with the place of the first formula that does not parse, or
// with the Debian package that is missing.
std::vector<std::string> typeset(std::span<const Formula> formulas, const KatexFiles& katex);

// KaTeX's style sheet with the fonts that `html` uses as data: URIs, without the other fonts. Empty where
// `html` has no formula. Throws Error where KaTeX is missing or its style sheet is of an unknown form.
std::string katex_style(std::string_view html, const KatexFiles& katex);

} // namespace grokreport::render
