// CommonMark to HTML through cmark. Only markdown.cpp includes cmark. The extensions of CommonMark are parsed
// before (block_parser.h, inline_parser.h).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace grokreport::render {

// HTML around the text of a heading.
struct HeadingTags {
    std::string opening; // <span id="...">, and the number
    std::string closing; // </span>, and a link to the heading
};

struct MarkdownHooks {
    // The tags around a heading, from its level in the Markdown (1 for #) and its text without markup.
    std::function<HeadingTags(int level, const std::string& text)> heading;
    // HTML behind an outermost block, such as a paragraph or list, from its text without markup; "" for none.
    std::function<std::string(const std::string& text)> after_block;
    // HTML in place of a code block.
    std::function<std::string(const std::string& language, const std::string& text)> code;
};

// HTML in the Markdown stays as it is: templates are ours, and values are hidden (placeholders.h). Throws
// Error where cmark runs out of memory.
std::string markdown_to_html(std::string_view markdown, const MarkdownHooks& hooks);

} // namespace grokreport::render
