#include "drawing/axis.h"

#include "base/numbers.h"

#include <cmath>
#include <cstdlib>
#include <fmt/format.h>

namespace grokreport::figures {

std::string with_thousands(long long value) {
    return (value < 0 ? "-" : "") + format_count(std::abs(value));
}

namespace {

// The smallest round step with which at most `intervals` steps reach `last`.
double round_step(double last, int intervals) {
    const double power = std::pow(10.0, std::floor(std::log10(last / intervals)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (last <= factor * power * intervals) return factor * power;
    return 10 * power;
}

Tick tick_at(double value) {
    const double size = std::abs(value);
    const std::string label =
        size == std::floor(size) ? with_thousands(std::llround(size)) : fmt::format("{:.4g}", size);
    return {value, plain((value < 0 ? "−" : "") + label)};
}

// The multiples of a step from low to high, the ends included where they are multiples but for a rounding.
std::vector<Tick> multiples(double step, double low, double high) {
    const double rounding = 1e-9;
    std::vector<Tick> ticks;
    const auto first = static_cast<long>(std::ceil(low / step - rounding)),
               last = static_cast<long>(std::floor(high / step + rounding));
    for (long i = first; i <= last; ++i)
        ticks.push_back(tick_at(static_cast<double>(i) * step));
    return ticks;
}

} // namespace

std::vector<Tick> linear_ticks(double last, int most) {
    if (last <= 0) return {tick_at(0)};
    return multiples(round_step(last, most - 1), 0, last);
}

std::vector<Tick> ticks_between(double low, double high, int most) {
    return multiples(round_step(high - low, most - 1), low, high);
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
            ticks.push_back({std::pow(10.0, decade),
                             markup(fmt::format("10^{{{}{}}}", decade < 0 ? "−" : "", std::abs(decade)))});
    return ticks;
}

std::vector<Tick> unlabelled(std::vector<Tick> ticks) {
    for (Tick& tick : ticks)
        tick.label = plain("");
    return ticks;
}

void mark_chance(Plot& plot, double at, std::string_view place) {
    plot.line("set arrow from {0},graph 0 to {0},graph 1 nohead front linewidth {1} linecolor rgb '{2}' "
              "dashtype (2,2)",
              at, thin_line, colour("ink"));
    plot.line("set label 'chance' at {}, graph 1 {} font ',{}'", at, place, small_type_size);
}

double round_below(double most) {
    const double decade = std::pow(10, std::floor(std::log10(most)));
    for (const double digit : {5, 2})
        if (digit * decade <= most) return digit * decade;
    return decade;
}

std::string tick_list(const std::vector<Tick>& ticks) {
    std::vector<std::string> entries;
    entries.reserve(ticks.size());
    for (const Tick& tick : ticks)
        entries.push_back(fmt::format("{} {}", tick.label, tick.value));
    return fmt::format("({})", fmt::join(entries, ", "));
}

} // namespace grokreport::figures
