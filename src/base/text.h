// Text from outside (a file name, a stored document, the output of another program) made safe to show in
// JSON, XML, HTML and a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

// Replaces each byte that is not part of UTF-8, each character that XML forbids, and each control character
// but tab, line feed and carriage return by U+FFFD. The rest stays byte for byte.
std::string clean_text(std::string_view text);

// clean_text() with tabs and line breaks replaced by spaces.
std::string one_line(std::string_view text);

// The text with its capital letters A to Z small.
std::string lower_case(std::string_view text);

// The parts of a text between separators: at least one, as views of `text`.
std::vector<std::string_view> split(std::string_view text, char separator);

// A text as a cell of CSV (RFC 4180): between quotation marks, those inside it doubled.
std::string quoted_cell(std::string_view text);

// "2.3 GB", "13 MB", "0.2 MB".
std::string format_bytes(double bytes);

// The byte at `at`, as a number.
inline unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

} // namespace grokreport
