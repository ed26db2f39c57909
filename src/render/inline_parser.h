// The inline extensions of Markdown in templates. The parser replaces each by a placeholder, so that cmark,
// which removes one of two backslashes and reads underscores as emphasis, does not see them.
//     $x$ and $$x$$                 a formula; \$ is a dollar sign; a formula ends before an empty line
//     @figure-ID, [](#figure-ID), @section-ID, [](#section-ID)      a reference by number
//     [@key], [@key; @other], @key  a citation, in brackets or as part of the sentence
//     [^name]                       a reference to a footnote
// Code spans, code blocks and values stay as they are.
#pragma once

#include "render/inline_elements.h"
#include "render/source.h"

#include <string>
#include <string_view>

namespace grokreport::render {

// The text with a placeholder for each inline element, which is stored in `elements`. Throws Error with
// file:line:column for a formula that is empty or not closed, and for a reference or citation that is
// malformed.
std::string extract_inline_elements(std::string_view markdown, const Source& source,
                                    InlineElements& elements);

// A value as TeX: a plain number with its commas bound to their digits, everything else as \text, in which no
// backslash of the value is a command.
std::string value_as_tex(const std::string& value);

} // namespace grokreport::render
