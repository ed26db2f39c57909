#include "base/words.h"

#include "base/numbers.h"

#include <array>
#include <cmath>

namespace grokreport {

std::string listed(const std::vector<int>& numbers) {
    if (numbers.empty()) return "none";
    std::string text = std::to_string(numbers.front());
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        text += i + 1 == numbers.size() ? " and " : ", ";
        text += std::to_string(numbers[i]);
    }
    return text;
}

std::string counted(std::size_t count) {
    constexpr std::array words{"none",  "one",   "two",  "three", "four",   "five",  "six",
                               "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    return count < words.size() ? words.at(count) : format_count(static_cast<std::int64_t>(count));
}

double without_rounding(double share) {
    return std::round(share * 1e9) / 1e9;
}

std::string number(double value) {
    return std::isfinite(value) ? format_number(value) : "–";
}

std::string percent(double share) {
    return std::isfinite(share) ? format_percent(share) : "–";
}

} // namespace grokreport
