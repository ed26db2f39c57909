// Private-use characters that carry things through mustache and cmark untouched, because both take them for
// letters:
//   a position   where in the template a construct ($, :::, @figure-...) stands. A construct without one came
//   out
//                of a value and is plain text: that is how values cannot smuggle mathematics or directives.
//   a token      an element of the page that was lifted out before Markdown and is put back afterwards
//   (inline_elements.h). a value      between two borders, its punctuation hidden, so that no character of it can act
//   as Markdown.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace grokreport::render {

enum class Placeholder { position, token };

std::string write_placeholder(Placeholder mark, std::size_t number);

struct FoundPlaceholder {
    std::size_t number;
    std::size_t size; // bytes of the mark
};

// The mark that begins at byte `at`, if one does.
std::optional<FoundPlaceholder> read_placeholder(Placeholder mark, std::string_view text, std::size_t at);

// What a template's line ends in while the mustache library has it (template.cpp).
inline constexpr std::string_view line_end = "\uE004";
std::string without_line_ends(std::string text);

// The text without its positions.
std::string without_positions(std::string_view text);

// Offset of the first private-use character that marks could use, or npos.
std::size_t find_private_use(std::string_view text);

// A value as it stands in HTML of ours: clean (base/text.h), escaped, and U+FFFD for private-use characters,
// so that it holds no mark.
std::string value_as_html(std::string_view value);

// A value as it travels: borders around it, ASCII punctuation hidden, line breaks as spaces. It is clean, and
// private-use characters in it become U+FFFD.
std::string hide_value(std::string_view value);

inline constexpr std::string_view value_begin = "\uE002";
inline constexpr std::string_view value_end = "\uE003";

// The inverse, for HTML: hidden characters come back escaped, borders vanish.
std::string reveal_as_html(std::string_view text);
// The inverse, for plain text (an alt text, an anchor, a formula).
std::string reveal_as_text(std::string_view text);

} // namespace grokreport::render
