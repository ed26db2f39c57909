#include "render/placeholders.h"

#include "base/text.h"
#include "render/html.h"

#include <algorithm>
#include <cctype>
#include <functional>

namespace grokreport::render {

namespace {

// The private-use area: U+E000 and U+E001 begin a placeholder and U+E00F ends it. Between them U+E040 + d is
// the digit d of its number. U+E002 and U+E003 are the borders of a value. U+E080 + c hides the ASCII
// character c of a value. KaTeX draws some relations with U+E006 to U+E020, so these have a meaning here only
// inside a placeholder.
constexpr unsigned placeholder_first = 0xE000;
constexpr unsigned placeholder_end = 0xE00F;
constexpr unsigned digit_zero = 0xE040;
constexpr unsigned hidden_zero = 0xE080;
constexpr unsigned private_last = 0xE0FF;
constexpr std::size_t private_bytes = 3; // in UTF-8

std::string encode_utf8(unsigned code_point) {
    return {static_cast<char>(0xE0 | (code_point >> 12)),
            static_cast<char>(0x80 | ((code_point >> 6) & 0x3F)),
            static_cast<char>(0x80 | (code_point & 0x3F))};
}

// The private-use code point that begins at byte `at`, or 0.
unsigned private_use_at(std::string_view text, std::size_t at) {
    if (at + private_bytes > text.size() || text[at] != placeholder_byte) return 0;
    const unsigned code = 0xE000 | ((byte_at(text, at + 1) & 0x3F) << 6) | (byte_at(text, at + 2) & 0x3F);
    return code >= placeholder_first && code <= private_last ? code : 0;
}

std::string reveal(std::string_view text, const std::function<std::string(char)>& write) {
    std::string revealed;
    for (std::size_t i = 0; i < text.size();) {
        const unsigned code = private_use_at(text, i);
        if (code >= hidden_zero) revealed += write(static_cast<char>(code - hidden_zero));
        const bool is_border =
            text.substr(i).starts_with(value_begin) || text.substr(i).starts_with(value_end);
        if (code >= hidden_zero || is_border) {
            i += private_bytes;
        } else {
            const std::size_t next = std::min(text.find(placeholder_byte, i + 1), text.size());
            revealed += text.substr(i, next - i);
            i = next;
        }
    }
    return revealed;
}

} // namespace

std::string write_placeholder(Placeholder kind, std::size_t number) {
    std::string written = encode_utf8(placeholder_first + static_cast<unsigned>(kind));
    for (const char digit : std::to_string(number))
        written += encode_utf8(digit_zero + static_cast<unsigned>(digit - '0'));
    return written + encode_utf8(placeholder_end);
}

std::optional<FoundPlaceholder> read_placeholder(Placeholder kind, std::string_view text, std::size_t at) {
    if (private_use_at(text, at) != placeholder_first + static_cast<unsigned>(kind)) return std::nullopt;
    std::size_t number = 0;
    for (std::size_t i = at + private_bytes;; i += private_bytes) {
        const unsigned code = private_use_at(text, i);
        if (code == placeholder_end) return FoundPlaceholder{number, i + private_bytes - at};
        if (code < digit_zero || code > digit_zero + 9) return std::nullopt;
        number = 10 * number + (code - digit_zero);
    }
}

std::string without_line_ends(std::string text) {
    for (std::size_t at = text.find(line_end); at != std::string::npos; at = text.find(line_end, at))
        text.erase(at, line_end.size());
    return text;
}

std::string without_positions(std::string_view text) {
    std::string cleaned;
    for (std::size_t i = 0; i < text.size();) {
        if (const auto found = read_placeholder(Placeholder::position, text, i)) {
            i += found->size;
        } else {
            cleaned += text[i++];
        }
    }
    return cleaned;
}

std::size_t find_private_use(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (private_use_at(text, i) != 0) return i;
    return std::string_view::npos;
}

std::string value_as_html(std::string_view value) {
    const std::string clean = clean_text(value);
    std::string replaced; // without private-use characters
    for (std::size_t i = 0; i < clean.size();) {
        const bool is_private = private_use_at(clean, i) != 0;
        replaced += is_private ? std::string_view("\uFFFD") : std::string_view(clean).substr(i, 1);
        i += is_private ? private_bytes : 1;
    }
    return escape_html(replaced);
}

std::string hide_value(std::string_view raw) {
    const std::string value = clean_text(raw);
    std::string hidden(value_begin);
    for (std::size_t i = 0; i < value.size();) {
        const char c = value[i];
        const bool is_private = private_use_at(value, i) != 0;
        if (is_private) {
            hidden += "\uFFFD";
        } else if (std::ispunct(static_cast<unsigned char>(c)) != 0) {
            hidden += encode_utf8(hidden_zero + static_cast<unsigned char>(c));
        } else {
            hidden += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
        }
        i += is_private ? private_bytes : 1;
    }
    return hidden += value_end;
}

std::string reveal_as_html(std::string_view text) {
    return reveal(text, [](char c) { return escape_html(std::string_view(&c, 1)); });
}

std::string reveal_as_text(std::string_view text) {
    return reveal(text, [](char c) { return std::string(1, c); });
}

} // namespace grokreport::render
