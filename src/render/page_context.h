// What the templates of the text and of the page may name (context.h says how), gathered from the results.
#pragma once

#include "render/context.h"
#include "render/manuscript.h"
#include "runs/results.h"

#include <string>

namespace grokreport::render {

// For the chapters: the facts of the run at the top; claim.<id> with the names of claim_context.h;
// badge.<id>, our own HTML. Throws Error where a fact is called claim or badge, is no text, truth or list, or
// brings HTML.
Json chapter_context(const Results& results);

struct PageFiles {
    std::string style;          // style.css
    std::string katex_style;    // KaTeX's, with its fonts
    std::string script;         // page.js
    std::string figures_script; // figures.js
};

// For page.html:
//     seed, imported (truth), model, text, style, script (HTML)
//     palette   {name, light, dark}
//     contents  {level, id, title (HTML), number, has_number, has_claims, holding, total, all_hold}
//     has_footnotes, footnotes   {name, text (HTML)}
//     has_works, works           {key, authors, has_authors, year, title, container, has_container, url,
//     has_url} summary   {holding, total, all_hold, others: list of {count, verdict, state, symbol}} claims
//     the names of claim_context.h, and section_id, section provenance, config {name, value} runs {variant,
//     path, recorded, checkpoints {epoch, sha256},
//               sessions {first_epoch, last_epoch, started, seconds, commit, onednn, compiler_flags, cpu}}
Json page_context(const Results& results, const Manuscript& manuscript, const std::string& text,
                  const PageFiles& files);

// The colours of the figures, each with its name and its hex on a light and on a dark page.
Json palette_context();

} // namespace grokreport::render
