// Placeholders: private-use characters in the filled text of a template. mustache and cmark take them for
// letters and leave them as they are.
//   position   stands before a construct ($, :::, @figure-...) of the template and holds its byte offset. A
//              construct without a position is part of a value and is plain text, so values cannot add
//              mathematics or directives.
//   element    stands for an inline element that the inline parser extracts before Markdown
//              (inline_elements.h)
//   value      stands between two borders with its punctuation hidden, so that no character of it acts as
//              Markdown
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace grokreport::render {

enum class Placeholder { position, element };

// number: the byte offset of a position, or the index of an element.
std::string write_placeholder(Placeholder kind, std::size_t number);

struct FoundPlaceholder {
    std::size_t number;
    std::size_t size; // bytes of the placeholder
};

// The placeholder of this kind that begins at byte `at`; nullopt where none begins there.
std::optional<FoundPlaceholder> read_placeholder(Placeholder kind, std::string_view text, std::size_t at);

// The first byte of every placeholder: what lies between two of these bytes can be skipped.
inline constexpr char placeholder_byte = '\xEE';

// The end of each template line while the mustache library fills the template (template.cpp).
inline constexpr std::string_view line_end = "\uE004";
std::string without_line_ends(std::string text);

std::string without_positions(std::string_view text);

// The offset of the first private-use character that placeholders use, or npos.
std::size_t find_private_use(std::string_view text);

// A value for HTML: clean (base/text.h), escaped, and with U+FFFD for private-use characters, so that it
// contains no placeholder.
std::string value_as_html(std::string_view value);

// A value for Markdown: between borders, with its ASCII punctuation hidden and line breaks as spaces. It is
// clean, and private-use characters become U+FFFD.
std::string hide_value(std::string_view value);

inline constexpr std::string_view value_begin = "\uE002";
inline constexpr std::string_view value_end = "\uE003";

// The inverse of hide_value: without borders, and with the hidden characters escaped for HTML.
std::string reveal_as_html(std::string_view text);
// The inverse of hide_value for plain text, such as an alternative text, an anchor or a formula.
std::string reveal_as_text(std::string_view text);

} // namespace grokreport::render
