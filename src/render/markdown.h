// CommonMark to HTML through cmark. The only place that knows cmark; what is more than CommonMark is lifted
// out before (inline_parser.h, block_parser.h).
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace grokreport::render {

// What stands inside a heading, around its text.
struct HeadingTags {
    std::string opening; // <span id="...">, and the number
    std::string closing; // </span> and a link to it
};

struct MarkdownHooks {
    // The tags to stand around a heading, from its level in the Markdown (1 for #) and its text without
    // markup.
    std::function<HeadingTags(int level, const std::string& text)> heading;
    // HTML to follow a paragraph, list or other outermost block, from its text without markup; "" for none.
    std::function<std::string(const std::string& text)> after_block;
    // HTML in the place of a block of code.
    std::function<std::string(const std::string& language, const std::string& text)> code;
};

// HTML in the Markdown is passed through: templates are ours, and values arrive hidden (placeholders.h).
std::string markdown_to_html(std::string_view markdown, const MarkdownHooks& hooks);

} // namespace grokreport::render
