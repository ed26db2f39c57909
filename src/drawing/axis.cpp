#include "drawing/axis.h"

#include "drawing/plot.h"

#include <cmath>
#include <fmt/format.h>

namespace grokreport::figures {

std::string with_thousands(long long value) {
    std::string digits = std::to_string(value);
    const int first_digit = value < 0 ? 1 : 0;
    for (int at = static_cast<int>(digits.size()) - 3; at > first_digit; at -= 3)
        digits.insert(at, 1, ',');
    return digits;
}

namespace {

// The smallest round step with which at most `intervals` steps reach `last`.
double round_step(double last, int intervals) {
    const double power = std::pow(10.0, std::floor(std::log10(last / intervals)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (last <= factor * power * intervals) return factor * power;
    return 10 * power;
}

} // namespace

std::vector<Tick> linear_ticks(double last, int most) {
    std::vector<Tick> ticks{{0, plain("0")}};
    if (last <= 0) return ticks;
    const double step = round_step(last, most - 1);
    for (int i = 1; i * step <= last * (1 + 1e-9); ++i) {
        const double value = i * step;
        const bool whole = value == std::floor(value);
        ticks.push_back(
            {value, plain(whole ? with_thousands(std::llround(value)) : fmt::format("{:.4g}", value))});
    }
    return ticks;
}

std::vector<Tick> ticks_between(double low, double high, int most) {
    std::vector<Tick> ticks;
    const double step = round_step(high - low, most - 1);
    for (double i = std::ceil(low / step); i * step <= high; ++i) {
        const double value = i * step;
        ticks.push_back({value, plain(fmt::format("{}{:.4g}", value < 0 ? "−" : "", std::abs(value)))});
    }
    return ticks;
}

std::vector<Tick> whole_ticks(double last, int most) {
    std::vector<Tick> ticks = linear_ticks(last, most);
    std::erase_if(ticks,
                  [](const Tick& tick) { return std::abs(tick.value - std::round(tick.value)) > 1e-9; });
    return ticks;
}

std::vector<Tick> decade_ticks(int first, int last, int most) {
    const int stride = (last - first) / most + 1;
    std::vector<Tick> ticks;
    for (int decade = first; decade <= last; ++decade)
        if (decade % stride == 0)
            ticks.push_back({std::pow(10.0, decade), markup(fmt::format("10^{{{}}}", decade))});
    return ticks;
}

std::string tick_list(const std::vector<Tick>& ticks) {
    std::vector<std::string> entries;
    entries.reserve(ticks.size());
    for (const Tick& tick : ticks)
        entries.push_back(fmt::format("{} {}", tick.label, tick.value));
    return fmt::format("({})", fmt::join(entries, ", "));
}

} // namespace grokreport::figures
