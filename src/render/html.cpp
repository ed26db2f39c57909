#include "render/html.h"

#include <cctype>
#include <cstdint>

namespace grokreport::render {

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text)
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped += c;
        }
    return escaped;
}

std::string data_uri(std::string_view media_type, std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string uri = "data:" + std::string(media_type) + ";base64,";
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        // Three bytes are four digits of six bits; the last group is padded with '='
        const std::string_view group = bytes.substr(i, 3);
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j)
            bits = bits << 8 | (j < group.size() ? static_cast<unsigned char>(group[j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            uri += j <= group.size() ? alphabet[bits >> (18 - 6 * j) & 0x3F] : '=';
    }
    return uri;
}

std::string anchor_of(std::string_view text) {
    std::string anchor;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && std::isalnum(byte) != 0) {
            anchor += static_cast<char>(std::tolower(byte));
        } else if (!anchor.empty() && anchor.back() != '-') {
            anchor += '-';
        }
    }
    while (anchor.ends_with('-'))
        anchor.pop_back();
    return anchor;
}

} // namespace grokreport::render
