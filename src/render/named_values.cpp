#include "render/named_values.h"

#include "base/json_numbers.h"
#include "base/numbers.h"

#include <fmt/format.h>

namespace grokreport::render {

namespace {

constexpr int shown_digits = 4;

std::string as_text(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    if (value.is_structured()) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return format_number(number_or_nan(value), shown_digits);
}

void add_named(const Json& node, const std::string& name, Json& named) {
    if (node.is_object()) {
        for (const auto& [inner, value] : node.items())
            add_named(value, name.empty() ? inner : fmt::format("{}.{}", name, inner), named);
        return;
    }
    std::string text;
    if (node.is_array()) {
        for (const Json& value : node)
            text += (text.empty() ? "" : ", ") + as_text(value);
    } else {
        text = as_text(node);
    }
    named.push_back({{"name", name}, {"value", text}});
}

} // namespace

Json named_values(const Json& object) {
    Json named = Json::array();
    add_named(object, "", named);
    return list_of({{"name", ""}, {"value", ""}}, named);
}

} // namespace grokreport::render
