#include "render/inline_parser.h"

#include "base/text.h"
#include "render/block_parser.h"
#include "render/placeholders.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace grokreport::render {

std::string value_as_tex(const std::string& raw) {
    const std::string value = one_line(raw);
    const bool is_number = !value.empty() && value.find_first_not_of("0123456789.,") == std::string::npos &&
                           std::isdigit(value[0]);
    std::string tex;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (is_number) {
            tex += c == ',' ? "{,}" : std::string(1, c);
        } else if (std::string_view("{}$%#&_").find(c) != std::string_view::npos) {
            tex += {'\\', c};
        } else if (c == '\\' || c == '^' || c == '~') {
            tex += c == '\\' ? "\\textbackslash{}" : c == '^' ? "\\textasciicircum{}" : "\\textasciitilde{}";
        } else if (std::string_view(value).substr(i).starts_with("\u00a0")) {
            tex += "\\ ";
            ++i; // the no-break space has two bytes
        } else {
            tex += c;
        }
    }
    return is_number ? tex : "\\text{" + tex + "}";
}

namespace {

// The formula with every value between borders as TeX.
std::string with_values_as_tex(std::string_view formula) {
    std::string tex;
    while (!formula.empty()) {
        const std::size_t begin = std::min(formula.find(value_begin), formula.size());
        tex += formula.substr(0, begin);
        formula.remove_prefix(begin);
        if (formula.empty()) break;
        const std::size_t end = formula.find(value_end) + value_end.size();
        tex += value_as_tex(reveal_as_text(formula.substr(0, end)));
        formula.remove_prefix(end);
    }
    return tex;
}

// Copies a text from left to right and replaces its inline elements by placeholders.
class InlineParser {
  public:
    InlineParser(std::string_view text, const Source& source, InlineElements& elements)
        : text_(text), source_(source), elements_(elements) {}

    std::string run() {
        while (at_ < text_.size()) {
            const bool begins_line = at_ == 0 || text_[at_ - 1] == '\n';
            if (begins_line && code_.take(rest_of_line())) {
                parsed_ += without_positions(rest_of_line());
                at_ += rest_of_line().size();
                if (at_ < text_.size()) copy(1); // the line break
            } else if (const auto position = read_placeholder(Placeholder::position, text_, at_)) {
                at_ += position->size;
                parse_construct(position->number);
            } else if (text_[at_] == '`') {
                copy_code_span();
            } else {
                if (text_[at_] == '\\') copy(1); // then the escaped character
                copy(1);
            }
        }
        return std::move(parsed_);
    }

  private:
    std::string_view rest() const { return text_.substr(at_); }
    std::string_view rest_of_line() const { return rest().substr(0, rest().find('\n')); }

    void copy(std::size_t bytes) {
        parsed_ += rest().substr(0, bytes);
        at_ = std::min(at_ + bytes, text_.size());
    }

    // A run of n backticks opens a code span, and the next run of exactly n closes it.
    void copy_code_span() {
        const std::size_t opening = std::min(rest().find_first_not_of('`'), rest().size());
        std::size_t closing = opening;
        while (closing < rest().size()) {
            closing = std::min(rest().find('`', closing), rest().size());
            const std::size_t end = std::min(rest().find_first_not_of('`', closing), rest().size());
            if (closing < rest().size() && end - closing == opening) {
                parsed_ += without_positions(rest().substr(0, end));
                at_ += end;
                return;
            }
            closing = end;
        }
        copy(opening);
    }

    // offset: of the construct in the template, for messages
    void parse_construct(std::size_t offset) {
        if (rest().starts_with('$')) return parse_formula(offset);
        if (rest().starts_with("[](#")) {
            const std::string target = take_name(4);
            expect(")", offset, "this reference is not closed", "write [](#figure-ID)");
            put(Reference{target, place(source_, offset)});
        } else if (rest().starts_with("[^")) {
            const std::string name = take_name(2);
            expect("]", offset, "this footnote is not closed", "write [^name]");
            put(FootnoteReference{name, place(source_, offset)});
        } else if (rest().starts_with("[@")) {
            at_ += 1;
            parse_citation(offset);
        } else if (rest().starts_with("@")) {
            const std::string name = take_name(1);
            if (name.starts_with("figure-") || name.starts_with("section-"))
                put(Reference{name, place(source_, offset)});
            else
                put(Citation{{name}, true, place(source_, offset)});
        } // Another construct, such as ::: in a caption, is plain text here.
    }

    void put(InlineElement element) { parsed_ += elements_.put(std::move(element)); }

    // "@key; @other]". Each @ has its position before it.
    void parse_citation(std::size_t offset) {
        Citation citation{{}, false, place(source_, offset)};
        constexpr const char* unreadable = "this citation cannot be read";
        do {
            if (const auto position = read_placeholder(Placeholder::position, text_, at_))
                at_ += position->size;
            if (!rest().starts_with('@'))
                fail_at(source_, offset, unreadable, "write [@key] or [@key; @other]");
            citation.keys.push_back(take_name(1));
        } while (take("; "));
        expect("]", offset, unreadable, "write [@key] or [@key; @other]");
        put(citation);
    }

    // Skips `skip` bytes, then reads a name.
    std::string take_name(std::size_t skip) {
        const auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-'; };
        std::size_t end = skip;
        while (end < rest().size() && is_name(rest()[end]))
            ++end;
        std::string name(rest().substr(skip, end - skip));
        at_ += end;
        return name;
    }

    bool take(std::string_view expected) {
        if (!rest().starts_with(expected)) return false;
        at_ += expected.size();
        return true;
    }

    void expect(std::string_view expected, std::size_t offset, const char* what, const char* mend) {
        if (!take(expected)) fail_at(source_, offset, what, mend);
    }

    void parse_formula(std::size_t offset) {
        const std::string_view fence = rest().starts_with("$") && is_display() ? "$$" : "$";
        at_ += 1;
        if (fence == "$$") at_ += read_placeholder(Placeholder::position, text_, at_)->size + 1;
        const std::size_t end = end_of_formula(offset);
        const std::string tex = with_values_as_tex(without_positions(rest().substr(0, end)));
        at_ += end;
        // Skip the closing dollars, each with its position.
        for (std::size_t i = 0; i < fence.size(); ++i) {
            const auto position = read_placeholder(Placeholder::position, text_, at_);
            if (!position)
                fail_at(source_, offset, "a formula opened by $$ is closed by a single $",
                        "close it with $$");
            at_ += position->size + 1;
        }
        if (tex.find_first_not_of(" \n") == std::string::npos)
            fail_at(source_, offset, "this formula is empty", "write \\$ for a dollar sign");
        // A browser may break the line between a formula and a comma. A short formula keeps its comma; a long
        // one must stay breakable.
        constexpr std::size_t longest_unbroken = 24; // bytes of TeX
        const bool is_followed =
            !rest().empty() && std::string_view(",.;:?!)").find(rest()[0]) != std::string_view::npos;
        std::string closing;
        if (fence == "$" && is_followed && tex.size() <= longest_unbroken) closing = rest()[0];
        at_ += closing.size();
        put(Formula{tex, fence == "$$", place(source_, offset), closing});
    }

    bool is_display() const {
        const auto second = read_placeholder(Placeholder::position, text_, at_ + 1);
        return second && text_.substr(at_ + 1 + second->size).starts_with('$');
    }

    // The bytes before the position of the next dollar of the template.
    std::size_t end_of_formula(std::size_t offset) const {
        for (std::size_t i = 0; i < rest().size(); ++i) {
            if (rest().substr(i).starts_with("\n\n")) break;
            const auto position = read_placeholder(Placeholder::position, rest(), i);
            if (position && rest().substr(i + position->size).starts_with('$')) return i;
        }
        fail_at(source_, offset, "this formula is not closed",
                "close it with $, or write \\$ for a dollar sign");
    }

    std::string_view text_;
    const Source& source_;
    InlineElements& elements_;
    CodeFence code_;
    std::size_t at_ = 0;
    std::string parsed_;
};

} // namespace

std::string extract_inline_elements(std::string_view markdown, const Source& source,
                                    InlineElements& elements) {
    return InlineParser(markdown, source, elements).run();
}

} // namespace grokreport::render
