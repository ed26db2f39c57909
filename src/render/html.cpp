#include "render/html.h"

#include "base/base64.h"

#include <cctype>
#include <fmt/format.h>

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

std::string as_script_data(const nlohmann::ordered_json& json) {
    std::string text = json.dump();
    for (std::size_t at = text.find('<'); at != text.npos;
         at = text.find('<', at)) // inside a string: nowhere else
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
