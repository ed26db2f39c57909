#include "render/block_parser.h"

#include "render/placeholders.h"

#include <fmt/format.h>
#include <optional>

namespace grokreport::render {

namespace {

struct Fence {
    std::string words; // what stands behind :::, "" for the closing one
    std::size_t offset;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<Fence> read_fence(std::string_view line) {
    const auto position = read_placeholder(Placeholder::position, line, 0);
    if (!position || !line.substr(position->size).starts_with(":::")) return std::nullopt;
    return Fence{std::string(trimmed(line.substr(position->size + 3))), position->number};
}

Block open_block(const Fence& fence, const Source& source) {
    const std::size_t space = fence.words.find(' ');
    const std::string name = fence.words.substr(0, space);
    const std::string argument =
        space == std::string::npos ? "" : std::string(trimmed(std::string_view(fence.words).substr(space)));
    Block block{Block::Kind::text, argument, fence.offset, ""};
    if (name == "figure") {
        block.kind = Block::Kind::figure;
        block.argument =
            reveal_as_text(argument); // an id may hold a value; it is looked up, not set as Markdown
    }
    if (name == "note") block.kind = Block::Kind::note;
    if (name == "details") block.kind = Block::Kind::details;
    if (name == "footnote") block.kind = Block::Kind::footnote;
    if (block.kind == Block::Kind::text)
        fail_at(source, fence.offset, fmt::format("unknown directive '{}'", name),
                "there are ::: figure ID, ::: note, ::: details TITLE and ::: footnote NAME");
    const bool takes_argument = block.kind != Block::Kind::note;
    if (takes_argument == argument.empty())
        fail_at(source, fence.offset,
                fmt::format("::: {} {}", name, takes_argument ? "lacks its argument" : "takes no argument"),
                takes_argument ? "name the figure or footnote, or give the title"
                               : "put the text on the next line");
    return block;
}

} // namespace

bool CodeFence::take(std::string_view line) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent > 3) return !open_.empty(); // npos, a blank line, is too
    const char c = line[indent];
    const std::string_view content = line.substr(indent);
    const std::size_t run = (c == '`' || c == '~') ? content.find_first_not_of(c) : 0;
    const std::size_t length = run == std::string_view::npos ? content.size() : run;
    if (open_.empty()) {
        // A line such as ```a``` is a code span, no fence
        const bool opens = length >= 3 && (c == '~' || content.find('`', length) == std::string_view::npos);
        if (opens) open_.assign(length, c);
        return opens;
    }
    const bool closes = c == open_[0] && length >= open_.size() && trimmed(content.substr(length)).empty();
    if (closes) open_.clear();
    return true;
}

std::vector<Block> parse_blocks(std::string_view filled, const Source& source) {
    std::vector<Block> blocks(1);
    std::size_t depth = 0; // directives open around the line
    CodeFence code;
    while (!filled.empty()) {
        const std::size_t newline = std::min(filled.find('\n'), filled.size() - 1);
        std::string_view line = filled.substr(0, newline + 1);
        filled.remove_prefix(newline + 1);
        const std::string_view content = line.ends_with('\n') ? line.substr(0, line.size() - 1) : line;
        const auto fence = code.take(content) ? std::nullopt : read_fence(content);
        const bool closes = fence && fence->words.empty();
        if (closes && depth == 0)
            fail_at(source, fence->offset, "::: closes a directive, but none is open", "remove it");
        if (fence && !closes && depth == 0) {
            blocks.push_back(open_block(*fence, source));
        } else if (closes && depth == 1) {
            blocks.emplace_back();
        } else {
            blocks.back().text += content;
            blocks.back().text += '\n';
        }
        if (fence) depth = closes ? depth - 1 : depth + 1;
    }
    if (depth > 0)
        fail_at(source, blocks.back().offset, "this directive is never closed", "add a line with :::");
    return blocks;
}

} // namespace grokreport::render
