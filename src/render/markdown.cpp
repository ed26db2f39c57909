#include "render/markdown.h"

#include "error.h"

#include <cmark.h>
#include <cstdlib>
#include <memory>
#include <vector>

namespace grokreport::render {

namespace {

struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
struct FreeText {
    void operator()(char* text) const { std::free(text); } // as cmark.h asks for
};
using Node = std::unique_ptr<cmark_node, FreeNode>;
using Iterator = std::unique_ptr<cmark_iter, FreeIterator>;

// The literal text at and below a node, with a space for every line break.
std::string text_of(cmark_node* node) {
    std::string text;
    const Iterator iterator(cmark_iter_new(node));
    while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE) {
        cmark_node* visited = cmark_iter_get_node(iterator.get());
        const cmark_node_type type = cmark_node_get_type(visited);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) text += ' ';
        if (const char* literal = cmark_node_get_literal(visited)) text += literal;
    }
    return text;
}

Node custom_block(const std::string& opening, const std::string& closing) {
    Node block(cmark_node_new(CMARK_NODE_CUSTOM_BLOCK));
    if (!block || cmark_node_set_on_enter(block.get(), opening.c_str()) == 0 ||
        cmark_node_set_on_exit(block.get(), closing.c_str()) == 0)
        throw Error("cmark cannot make a block", "check the memory of this machine");
    return block;
}

// cmark writes headings without attributes, so ours replace them.
void replace_heading(cmark_node* heading, const MarkdownHooks& hooks) {
    const auto [opening, closing] = hooks.heading(cmark_node_get_heading_level(heading), text_of(heading));
    Node block = custom_block(opening, closing);
    while (cmark_node* child = cmark_node_first_child(heading))
        cmark_node_append_child(block.get(), child);
    cmark_node_replace(heading, block.release());
    cmark_node_free(heading);
}

} // namespace

std::string markdown_to_html(std::string_view markdown, const MarkdownHooks& hooks) {
    const Node document(cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT));
    if (!document) throw Error("cmark cannot read the Markdown", "check the memory of this machine");
    for (cmark_node* block = cmark_node_first_child(document.get()); block != nullptr;) {
        cmark_node* next = cmark_node_next(block);
        const std::string follows = hooks.after_block(text_of(block));
        if (!follows.empty()) cmark_node_insert_after(block, custom_block(follows, "").release());
        if (cmark_node_get_type(block) == CMARK_NODE_HEADING) replace_heading(block, hooks);
        block = next;
    }
    // Without the option cmark replaces HTML by a comment
    const std::unique_ptr<char, FreeText> html(cmark_render_html(document.get(), CMARK_OPT_UNSAFE));
    return html.get();
}

} // namespace grokreport::render
