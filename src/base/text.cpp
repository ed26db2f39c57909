#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr std::string_view replacement = "\uFFFD";

// Bytes of the UTF-8 character that begins with `lead`; 0 where no character begins so.
std::size_t length_of(unsigned lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead < 0xE0) return 2;
    if (lead >= 0xE0 && lead < 0xF0) return 3;
    return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool is_shown(unsigned code) {
    const bool is_control = (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
                            (code >= 0x7F && code < 0xA0); // C0 but white space; DEL and C1
    const bool is_surrogate = code >= 0xD800 && code < 0xE000;
    return !is_control && !is_surrogate && (code & 0xFFFE) != 0xFFFE && code <= 0x10FFFF;
}

// Bytes of the character at `at`; 0 where it is invalid or may not be shown.
std::size_t shown_at(std::string_view text, std::size_t at) {
    const std::size_t length = length_of(byte_at(text, at));
    if (length == 0 || at + length > text.size()) return 0;
    unsigned code = length == 1 ? byte_at(text, at) : byte_at(text, at) & (0x7FU >> length);
    for (std::size_t i = at + 1; i < at + length; ++i) {
        if ((byte_at(text, i) & 0xC0) != 0x80) return 0;
        code = code << 6 | (byte_at(text, i) & 0x3F);
    }
    const bool is_overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    return !is_overlong && is_shown(code) ? length : 0;
}

} // namespace

std::string clean_text(std::string_view text) {
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = shown_at(text, at);
        clean += length == 0 ? replacement : text.substr(at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return clean;
}

std::string lower_case(std::string_view text) {
    std::string lowered(text);
    std::ranges::transform(lowered, lowered.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lowered;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::string one_line(std::string_view text) {
    std::string line = clean_text(text);
    std::ranges::replace_if(
        line, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return line;
}

std::string quoted_cell(std::string_view text) {
    std::string doubled;
    for (const char c : text)
        doubled.append(c == '"' ? 2 : 1, c);
    return fmt::format("\"{}\"", doubled);
}

std::string format_bytes(double bytes) {
    if (bytes >= 1e9) return fmt::format("{:.1f} GB", bytes / 1e9);
    return fmt::format("{:.{}f} MB", bytes / 1e6, bytes < 1e6 ? 1 : 0);
}

} // namespace grokreport
