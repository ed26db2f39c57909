// The names of the chapters and of the page (context.h), from the results.
#pragma once

#include "render/claim_reference.h"
#include "render/context.h"
#include "render/manuscript.h"
#include "runs/results.h"

#include <string>

namespace grokreport::render {

// For the chapters: the facts of the run; claim.<id> with the names of claim_context.h; badge.<id> with the
// id as HTML. Throws Error where a fact has one of these names, is not a text, truth or list, or
// contains HTML. reference: reference_context() of claim_reference.h.
Json chapter_context(const Results& results, const ComparedWith& with = {});

struct PageFiles {
    std::string style;           // style.css
    std::string katex_style;     // KaTeX's, with its fonts
    std::string script;          // page.js
    std::string figures_script;  // figures.js
    std::string explorer_script; // of the model explorer
};

// For page.html:
//     seed, imported (truth), model, text, style, script (HTML)
//     palette     {name, light, dark}
//     contents    {level, id, title (HTML), number, has_number, has_claims, is_listed, holding, total,
//                 all_hold}
//     footnotes   {name, text (HTML)}, and has_footnotes
//     works       {key, authors, has_authors, year, title, container, has_container, url, has_url}, and
//                 has_works
//     summary     holding, total, all_hold
//     kinds       {name, verb, rest, and the names of summary}
//     first_screen {failing, not_recurring, open, headline (exactly one holds), claims}
//     reference   reference_context() of claim_reference.h
//     claims      the names of claim_context.h and of add_reference(), and section_id, section
//     provenance, config {name, value}
//     runs        {variant, path, recorded, checkpoints {epoch, sha256}, sessions {first_epoch, last_epoch,
//                 started, seconds, commit, onednn, compiler_flags, cpu}}
Json page_context(const Results& results, const ComparedWith& with, const Manuscript& manuscript,
                  const std::string& text, const PageFiles& files);

// The colours of the figures, each with its name and its hex on a light and on a dark page.
Json palette_context();

} // namespace grokreport::render
