#include "base/numbers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace grokreport {

namespace {

constexpr std::string_view no_break_space = "\u00a0";
constexpr std::string_view minus = "\u2212";
constexpr int default_digits = 3;            // of format_number
constexpr int most_digits = 17;              // distinguish any two doubles
constexpr double largest_exact_count = 1e15; // below 2^53, so every whole number is exact

// Adds commas between groups of three digits of the whole part. decimal: without a sign.
std::string with_separators(std::string decimal) {
    const std::size_t whole = std::min(decimal.find('.'), decimal.size());
    for (std::size_t i = whole; i > 3; i -= 3)
        decimal.insert(i - 3, 1, ',');
    return decimal;
}

std::string superscript(int exponent) {
    constexpr std::array<std::string_view, 10> digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string raised = exponent < 0 ? "⁻" : "";
    for (const char digit : std::to_string(std::abs(exponent)))
        raised += digits[static_cast<std::size_t>(digit - '0')];
    return raised;
}

struct Scientific {
    std::string mantissa;
    int exponent;
};

// `magnitude` > 0 rounded to `digits` significant digits; 9.996 carries to 1.00e1.
Scientific scientific(double magnitude, int digits) {
    const std::string text = fmt::format("{:.{}e}", magnitude, digits - 1);
    const std::size_t e = text.find('e');
    return {text.substr(0, e), std::stoi(text.substr(e + 1))};
}

// The number of significant digits of the shortest text that reads back as the same number.
int digits_to_read_back(double magnitude) {
    int digits = 1;
    while (digits < most_digits && std::stod(fmt::format("{:.{}e}", magnitude, digits - 1)) != magnitude)
        ++digits;
    return digits;
}

std::string format_magnitude(double magnitude, int digits) {
    if (magnitude == std::floor(magnitude) && magnitude < largest_exact_count)
        return format_count(static_cast<std::int64_t>(magnitude));
    digits = std::min(digits, digits_to_read_back(magnitude));
    const auto [mantissa, exponent] = scientific(magnitude, digits);
    if (magnitude < 1e-3 || magnitude >= 1e6)
        return fmt::format("{}{}×{}10{}", mantissa, no_break_space, no_break_space, superscript(exponent));
    return with_separators(fmt::format("{:.{}f}", magnitude, std::max(0, digits - 1 - exponent)));
}

} // namespace

std::string format_count(std::int64_t count) {
    const std::string text = std::to_string(count);
    return count < 0 ? fmt::format("{}{}", minus, with_separators(text.substr(1))) : with_separators(text);
}

std::string format_number(double value, int digits) {
    if (!std::isfinite(value)) return "not finite";
    return fmt::format("{}{}", value < 0 ? minus : "", format_magnitude(std::abs(value), digits));
}

std::string format_percent(double share) {
    if (!std::isfinite(share)) return "not finite";
    const double percent = 100 * share;
    if (percent == std::round(percent))
        return fmt::format("{}{}%", format_count(static_cast<std::int64_t>(percent)), no_break_space);
    // Two significant digits of the distance to the nearer end
    const double distance = std::min(std::abs(percent), std::abs(100 - percent));
    const int decimals = distance >= 1 || distance == 0
                             ? 1
                             : std::clamp(1 - static_cast<int>(std::floor(std::log10(distance))), 1, 12);
    std::string text = fmt::format("{:.{}f}", percent, decimals);
    // Remove zeros at the end: 99.9960 -> 99.996
    while (decimals > 1 && text.ends_with('0'))
        text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    return fmt::format("{}{}%", text, no_break_space);
}

std::string format_measured(double value, double bound) {
    if (!std::isfinite(value) || value == bound) return format_number(value);
    // Add digits until the text differs from the bound: 0.99996 beside 1 is not "1.00"
    int digits = default_digits;
    while (digits < most_digits && std::stod(fmt::format("{:.{}e}", value, digits - 1)) == bound)
        ++digits;
    return format_number(value, digits);
}

} // namespace grokreport
