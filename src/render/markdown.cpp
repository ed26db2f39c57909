#include "render/markdown.h"

#include "base/error.h"

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

// The text of a node and of all nodes below it, with a space for every line break.
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

Node custom_node(cmark_node_type type, const std::string& opening, const std::string& closing) {
    Node node(cmark_node_new(type));
    if (!node || cmark_node_set_on_enter(node.get(), opening.c_str()) == 0 ||
        cmark_node_set_on_exit(node.get(), closing.c_str()) == 0)
        throw Error("cmark cannot make a node", "check the memory of this machine");
    return node;
}

// cmark writes headings without attributes, so the anchor stands inside. The level is one lower, because the
// title of the page is the only <h1>.
void write_heading(cmark_node* heading, const MarkdownHooks& hooks) {
    const int level = cmark_node_get_heading_level(heading);
    const auto [opening, closing] = hooks.heading(level, text_of(heading));
    Node anchor = custom_node(CMARK_NODE_CUSTOM_INLINE, opening, closing);
    while (cmark_node* child = cmark_node_first_child(heading))
        cmark_node_append_child(anchor.get(), child);
    cmark_node_append_child(heading, anchor.release());
    cmark_node_set_heading_level(heading, level + 1);
}

// All code blocks, at any depth.
std::vector<cmark_node*> code_blocks(cmark_node* document) {
    std::vector<cmark_node*> blocks;
    const Iterator iterator(cmark_iter_new(document));
    while (cmark_iter_next(iterator.get()) != CMARK_EVENT_DONE)
        if (cmark_node* visited = cmark_iter_get_node(iterator.get());
            cmark_node_get_type(visited) == CMARK_NODE_CODE_BLOCK)
            blocks.push_back(visited);
    return blocks;
}

void write_code(cmark_node* block, const MarkdownHooks& hooks) {
    const std::string html = hooks.code(cmark_node_get_fence_info(block), cmark_node_get_literal(block));
    cmark_node_replace(block, custom_node(CMARK_NODE_CUSTOM_BLOCK, html, "").release());
    cmark_node_free(block);
}

} // namespace

std::string markdown_to_html(std::string_view markdown, const MarkdownHooks& hooks) {
    // CMARK_OPT_SMART writes typographic quotes and dashes. Values are hidden and stay as they are.
    const Node document(cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_SMART));
    if (!document) throw Error("cmark cannot read the Markdown", "check the memory of this machine");
    for (cmark_node* block = cmark_node_first_child(document.get()); block != nullptr;) {
        cmark_node* next = cmark_node_next(block);
        const std::string follows = hooks.after_block(text_of(block));
        if (!follows.empty())
            cmark_node_insert_after(block, custom_node(CMARK_NODE_CUSTOM_BLOCK, follows, "").release());
        if (cmark_node_get_type(block) == CMARK_NODE_HEADING) write_heading(block, hooks);
        block = next;
    }
    for (cmark_node* block : code_blocks(document.get()))
        write_code(block, hooks);
    // Without CMARK_OPT_UNSAFE cmark replaces HTML by a comment.
    const std::unique_ptr<char, FreeText> html(cmark_render_html(document.get(), CMARK_OPT_UNSAFE));
    return html.get();
}

} // namespace grokreport::render
