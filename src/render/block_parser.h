// Blocks of a template that are more than Markdown:
//     ::: figure ID        ::: note        ::: details Title    ::: footnote name
//     alt: one sentence    Markdown        Markdown             Markdown
//     caption              :::             :::                  :::
//     :::
// A footnote stands where [^name] points from, or anywhere else: it is shown at the end of the page.
// They may nest. A ::: counts only where it stands in the template at the start of a line (placeholders.h), never
// where a value brings it along, and not inside a code block.
#pragma once

#include "render/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace grokreport::render {

struct Block {
    enum class Kind { text, figure, note, details, footnote };
    Kind kind = Kind::text;
    std::string argument; // the figure's id, the footnote's name, or the title, which may hold hidden values
    std::size_t offset = 0; // of the ::: in the template
    std::string text;       // what stands inside, filled Markdown with its marks, ending in a newline
};

// Splits a filled template (Template::fill) into its blocks, in order. Throws Error with file:line:column for
// a directive that is unknown, not closed, or closed without being open.
std::vector<Block> parse_blocks(std::string_view filled, const Source& source);

// Counts the code fences of Markdown, line by line.
class CodeFence {
  public:
    // True when the line belongs to a code block, its fences included.
    bool take(std::string_view line);

  private:
    std::string open_; // the characters of the fence that is open, or ""
};

} // namespace grokreport::render
