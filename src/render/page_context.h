// The names of the chapters and of the page (context.h), from the results.
#pragma once

#include "render/context.h"
#include "render/manuscript.h"
#include "runs/results.h"

#include <string>

namespace grokreport::render {

// For the chapters: the facts of the run; claim.<id> with the names of claim_context.h; badge.<id> with the
// id as HTML. Throws Error where a fact has the name claim or badge, is not a text, truth or list, or
// contains HTML.
Json chapter_context(const Results& results);

struct PageFiles {
    std::string style;          // style.css
    std::string katex_style;    // KaTeX's, with its fonts
    std::string script;         // page.js
    std::string figures_script; // figures.js
};

// For page.html:
//     seed, imported (truth), model, text, style, script (HTML)
//     palette     {name, light, dark}
//     contents    {level, id, title (HTML), number, has_number, has_claims, is_listed, holding, total,
//                 all_hold}
//     footnotes   {name, text (HTML)}, and has_footnotes
//     works       {key, authors, has_authors, year, title, container, has_container, url, has_url}, and
//                 has_works
//     summary     holding, total, all_hold, others {count, verdict, symbol, state}
//     claims      the names of claim_context.h, and section_id, section
//     provenance, config {name, value}
//     runs        {variant, path, recorded, checkpoints {epoch, sha256}, sessions {first_epoch, last_epoch,
//                 started, seconds, commit, onednn, compiler_flags, cpu}}
Json page_context(const Results& results, const Manuscript& manuscript, const std::string& text,
                  const PageFiles& files);

// The colours of the figures, each with its name and its hex on a light and on a dark page.
Json palette_context();

} // namespace grokreport::render
