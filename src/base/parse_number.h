// Numbers read from text.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace grokreport {

// The number that the whole of `text` states, as std::from_chars reads it. nullopt for any other text, and
// for a number that does not fit.
template <typename Number>
std::optional<Number> parse_number(std::string_view text) {
    Number value{};
    const char* const end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc{} || stop != end) return std::nullopt;
    return value;
}

} // namespace grokreport
