// Lifts mathematics and references out of filled Markdown, each leaving a token, so that cmark, which would
// eat double backslashes and read underscores as emphasis, never sees them.
//     $x$ and $$x$$             a formula; \$ is a dollar sign; a formula ends before an empty line
//     @figure-ID, [](#figure-ID), @section-ID, [](#section-ID)      a reference by number
//     [@key], [@key; @other], @key    a citation, in brackets or as part of the sentence
//     [^name]                         the sign of a footnote
// Code spans and code blocks are left alone, and so is all that a value brings along.
#pragma once

#include "render/inline_elements.h"
#include "render/source.h"

#include <string>
#include <string_view>

namespace grokreport::render {

// Throws Error with file:line:column for a formula that is empty or not closed.
std::string extract_inline_elements(std::string_view markdown, const Source& source, InlineElements& elements);

// Text as it stands in a formula: a plain number stands for itself, with its commas bound to their digits;
// all else is set as text, so that no backslash of it is a command.
std::string value_as_tex(const std::string& value);

} // namespace grokreport::render
