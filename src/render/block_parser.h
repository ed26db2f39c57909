// The block extensions of Markdown in templates, called directives:
//     ::: figure ID        ::: note        ::: details Title    ::: footnote name    ::: explorer
//     alt: one sentence    Markdown        Markdown             Markdown             Markdown
//     caption              :::             :::                  :::                  :::
//     :::
// A footnote may stand anywhere; the page shows it at its end. Directives may nest. ::: is a directive only
// at the start of a line of the template (placeholders.h), not in a value and not in a code block.
#pragma once

#include "render/source.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport::render {

struct Block {
    enum class Kind { text, figure, note, details, footnote, explorer };
    Kind kind = Kind::text;
    std::string argument;   // the id of the figure, the name of the footnote, or the title with its values
    std::size_t offset = 0; // of the ::: in the template
    std::string text;       // the content: filled Markdown with its placeholders, ending in a newline
};

// The blocks of a filled template (Template::fill), in order. Throws Error with file:line:column for a
// directive that is unknown, not closed, or closed without being open.
std::vector<Block> parse_blocks(std::string_view filled, const Source& source);

// The id in a line "::: figure ID" of a template that is not filled yet; nothing for any other line.
std::optional<std::string> figure_of(std::string_view line);

// Recognises the code blocks of Markdown, line by line.
class CodeFence {
  public:
    // Takes the next line. True when it belongs to a code block; the fences belong to it too.
    bool take(std::string_view line);

  private:
    std::string open_; // the characters of the open fence, or ""
};

} // namespace grokreport::render
