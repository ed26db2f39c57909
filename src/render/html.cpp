#include "render/html.h"

#include "base/base64.h"

#include <array>
#include <cctype>
#include <fmt/format.h>

namespace grokreport::render {

std::string escape_html(std::string_view text) {
    constexpr std::string_view special = "&<>\"'";
    constexpr std::array<std::string_view, special.size()> entities{"&amp;", "&lt;", "&gt;", "&quot;",
                                                                    "&#39;"};
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        const std::size_t at = special.find(c);
        if (at == special.npos)
            escaped += c;
        else
            escaped += entities[at];
    }
    return escaped;
}

std::string as_script_data(const Json& json) {
    std::string text = json.dump();
    // In JSON < occurs only inside a string.
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at))
        text.replace(at, 1, "\\u003c");
    return text;
}

std::string data_uri(std::string_view media_type, std::string_view bytes) {
    return fmt::format("data:{};base64,{}", media_type, to_base64(bytes));
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
