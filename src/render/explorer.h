// The model explorer of the page: a panel in which a script computes with the weights of the run. What it
// needs is Results::explorer (sections/readout/explorer.h).
#pragma once

#include "render/context.h"
#include "runs/results.h"

#include <filesystem>
#include <string>

namespace grokreport::render {

bool has_explorer(const Results& results);

// Adds setting.<name> to the context of chapters: HTML that explorer_setting() below writes. It is the name
// with this prefix, as a badge is the id of its claim.
inline constexpr std::string_view setting_prefix = "setting ";
void add_settings(Json& context, const Results& results);

// A link that sets the switches of the explorer; "" on a page without one.
std::string explorer_setting(const std::string& name, const Results& results);

// explorer.html around `text`, the HTML of the block ::: explorer: its still figure. Without an explorer the
// text and a sentence that says why.
std::string explorer_html(const std::string& text, const Results& results,
                          const std::filesystem::path& templates);

// explorer-model.js, explorer-drawing.js and explorer.js; "" on a page without an explorer.
std::string explorer_scripts(const Results& results, const std::filesystem::path& templates);

} // namespace grokreport::render
