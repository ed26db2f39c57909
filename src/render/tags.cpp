#include "render/tags.h"

#include <fmt/format.h>
#include <string_view>

namespace grokreport::render {

namespace {

struct RawTag {
    char sigil; // '\0' for {{name}}, '{' for {{{name}}}, or one of # ^ / & ! > =
    std::string name;
    std::size_t offset;
    std::size_t end; // the offset behind the last brace
};

std::string_view without_space_around(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

RawTag read_tag(const Source& source, std::size_t offset) {
    const std::string_view text = source.text;
    const bool is_triple = text.substr(offset).starts_with("{{{");
    const std::string_view closing = is_triple ? "}}}" : "}}";
    const std::size_t begin = offset + (is_triple ? 3 : 2);
    const std::size_t end = text.find(closing, begin);
    if (end == std::string_view::npos)
        fail_at(source, offset, "this tag is not closed", fmt::format("close it with {}", closing));
    std::string_view content = without_space_around(text.substr(begin, end - begin));
    char sigil = is_triple ? '{' : '\0';
    if (!is_triple && !content.empty() && std::string_view("#^/&!>=").find(content.front()) != content.npos) {
        sigil = content.front();
        content = without_space_around(content.substr(1));
    }
    return {sigil, std::string(content), offset, end + closing.size()};
}

void require_name(const Source& source, const RawTag& tag) {
    if (tag.name.empty()) fail_at(source, tag.offset, "this tag has no name", "write {{name}}");
    if (tag.name.find_first_of(" \t\r\n{}") != std::string::npos)
        fail_at(source, tag.offset, fmt::format("'{}' is no name", tag.name),
                "close the tag right behind its name");
}

// The open sections, outermost first. The first one is the whole template.
class OpenSections {
  public:
    explicit OpenSections(const Source& source)
        : source_(source), open_{Tag{Tag::Kind::section, "", 0, {}}} {}

    void add(Tag tag) { open_.back().body.push_back(std::move(tag)); }
    void open(Tag tag) { open_.push_back(std::move(tag)); }

    void close(const RawTag& closing) {
        if (open_.size() == 1)
            fail_at(source_, closing.offset, fmt::format("section '{}' is closed but not open", closing.name),
                    "remove the tag or open the section before it");
        if (open_.back().name != closing.name)
            fail_at(source_, closing.offset,
                    fmt::format("'{}' is closed where '{}', opened at {}, is open", closing.name,
                                open_.back().name, place(source_, open_.back().offset)),
                    "close the inner section first");
        Tag closed = std::move(open_.back());
        open_.pop_back();
        add(std::move(closed));
    }

    std::vector<Tag> finish() {
        if (open_.size() > 1)
            fail_at(source_, open_.back().offset,
                    fmt::format("section '{}' is never closed", open_.back().name),
                    fmt::format("add {{{{/{}}}}}", open_.back().name));
        return std::move(open_.front().body);
    }

  private:
    const Source& source_;
    std::vector<Tag> open_;
};

} // namespace

std::vector<Tag> parse_tags(const Source& source) {
    OpenSections sections(source);
    for (std::size_t at = source.text.find("{{"); at != std::string::npos;) {
        const RawTag tag = read_tag(source, at);
        at = source.text.find("{{", tag.end);
        if (tag.sigil == '!') continue;
        if (tag.sigil == '>' || tag.sigil == '=')
            fail_at(source, tag.offset, "partials and changed delimiters are not used here",
                    "write the text out in this template");
        require_name(source, tag);
        switch (tag.sigil) {
        case '#':
            sections.open({Tag::Kind::section, tag.name, tag.offset, {}});
            break;
        case '^':
            sections.open({Tag::Kind::inverted, tag.name, tag.offset, {}});
            break;
        case '/':
            sections.close(tag);
            break;
        case '{':
        case '&':
            sections.add({Tag::Kind::html, tag.name, tag.offset, {}});
            break;
        default:
            sections.add({Tag::Kind::variable, tag.name, tag.offset, {}});
        }
    }
    return sections.finish();
}

} // namespace grokreport::render
