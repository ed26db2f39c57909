#include "render/block_parser.h"

#include "render/placeholders.h"

#include <fmt/format.h>
#include <optional>

namespace grokreport::render {

namespace {

// A line that begins with :::.
struct DirectiveLine {
    std::string words; // behind :::; "" for a closing line
    std::size_t offset;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<DirectiveLine> read_directive(std::string_view line) {
    const auto position = read_placeholder(Placeholder::position, line, 0);
    if (!position || !line.substr(position->size).starts_with(":::")) return std::nullopt;
    return DirectiveLine{std::string(trimmed(line.substr(position->size + 3))), position->number};
}

// The name and the argument of a directive.
std::pair<std::string, std::string> parts_of(const std::string& words) {
    const std::size_t space = words.find(' ');
    return {words.substr(0, space),
            space == std::string::npos ? "" : std::string(trimmed(std::string_view(words).substr(space)))};
}

Block open_block(const DirectiveLine& directive, const Source& source) {
    const auto& [words, offset] = directive;
    const auto [name, argument] = parts_of(words);
    Block block{Block::Kind::text, argument, offset, ""};
    if (name == "figure") {
        block.kind = Block::Kind::figure;
        block.argument = reveal_as_text(argument); // an id is looked up, so its values must be plain text
    }
    if (name == "note") block.kind = Block::Kind::note;
    if (name == "details") block.kind = Block::Kind::details;
    if (name == "footnote") block.kind = Block::Kind::footnote;
    if (name == "explorer") block.kind = Block::Kind::explorer;
    if (block.kind == Block::Kind::text)
        fail_at(source, offset, fmt::format("unknown directive '{}'", name),
                "there are ::: figure ID, ::: note, ::: details TITLE, ::: footnote NAME and ::: explorer");
    const bool takes_argument = block.kind != Block::Kind::note && block.kind != Block::Kind::explorer;
    if (takes_argument == argument.empty())
        fail_at(source, offset,
                fmt::format("::: {} {}", name, takes_argument ? "lacks its argument" : "takes no argument"),
                takes_argument ? "name the figure or footnote, or give the title"
                               : "put the text on the next line");
    return block;
}

} // namespace

std::optional<std::string> figure_of(std::string_view line) {
    constexpr std::string_view opening = ":::";
    if (!line.starts_with(opening)) return std::nullopt;
    const auto [name, argument] = parts_of(std::string(trimmed(line.substr(opening.size()))));
    return name == "figure" ? std::optional(argument) : std::nullopt;
}

bool CodeFence::take(std::string_view line) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent > 3) return !open_.empty(); // also for npos, an empty line
    const char c = line[indent];
    const std::string_view content = line.substr(indent);
    const std::size_t run = (c == '`' || c == '~') ? content.find_first_not_of(c) : 0;
    const std::size_t length = run == std::string_view::npos ? content.size() : run;
    if (open_.empty()) {
        // A line such as ```a``` is a code span.
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
    std::size_t depth = 0; // the number of open directives
    CodeFence code;
    while (!filled.empty()) {
        const std::size_t newline = std::min(filled.find('\n'), filled.size() - 1);
        std::string_view line = filled.substr(0, newline + 1);
        filled.remove_prefix(newline + 1);
        if (line.ends_with('\n')) line.remove_suffix(1);
        const auto directive = code.take(line) ? std::nullopt : read_directive(line);
        const bool closes = directive && directive->words.empty();
        if (closes && depth == 0)
            fail_at(source, directive->offset, "::: closes a directive, but none is open", "remove it");
        if (directive && !closes && depth == 0) {
            blocks.push_back(open_block(*directive, source));
        } else if (closes && depth == 1) {
            blocks.emplace_back();
        } else {
            blocks.back().text += line;
            blocks.back().text += '\n';
        }
        if (directive) depth = closes ? depth - 1 : depth + 1;
    }
    if (depth > 0)
        fail_at(source, blocks.back().offset, "this directive is never closed", "add a line with :::");
    return blocks;
}

} // namespace grokreport::render
