#include "sections/readout/figures_layout.h"

#include "drawing/axis.h"
#include "drawing/csv.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace grokreport::figures::readout {

namespace {

// Readers with red-green blindness tell blue from brown.
using SignedStop = std::array<int, 3>;
constexpr std::array signed_stops{
    SignedStop{9, 48, 98},     SignedStop{52, 122, 186}, SignedStop{166, 204, 230}, SignedStop{246, 245, 241},
    SignedStop{242, 190, 140}, SignedStop{209, 104, 28}, SignedStop{115, 48, 4}};

} // namespace

void draw_key(Plot& plot, Size size, double y, const std::vector<KeyEntry>& entries) {
    constexpr double square = 8, stroke = 16, disc = 3.5, space = 4;
    for (const KeyEntry& entry : entries) {
        const bool is_stroke = entry.swatch == Swatch::line || entry.swatch == Swatch::dashes;
        if (is_stroke)
            plot.line("set arrow from screen {0:.6f},{2:.6f} to screen {1:.6f},{2:.6f} nohead linewidth {3} "
                      "linecolor rgb '{4}'{5}",
                      screen_x(size, entry.left), screen_x(size, entry.left + stroke), screen_y(size, y),
                      entry.swatch == Swatch::line ? 2.5 : curve_line, entry.hex,
                      entry.swatch == Swatch::dashes ? " dashtype (4,3)" : "");
        else if (entry.swatch == Swatch::disc)
            plot.line("set object circle at screen {:.6f},{:.6f} size screen {:.6f} fillcolor rgb '{}' "
                      "fillstyle solid 1 noborder",
                      screen_x(size, entry.left + square / 2), screen_y(size, y), disc / size.width,
                      entry.hex);
        else
            fill_box(plot, size, {entry.left, y - square / 2, square, square}, entry.hex);
        write_at(plot, size, {entry.left + (is_stroke ? stroke : square) + space, y}, entry.text,
                 {.align = Align::left});
    }
}

std::vector<int> around_circle(int k, int p) {
    std::vector<int> numbers(static_cast<std::size_t>(p));
    for (int n = 0; n < p; ++n)
        numbers[static_cast<std::size_t>(static_cast<long long>(k) * n % p)] = n;
    return numbers;
}

std::string ticks_about_zero(double step) {
    return fmt::format("('−{0:g}' -{0}, '0' 0, '{0:g}' {0})", step);
}

int stride_for(int n, int most) {
    return (n + most - 1) / most;
}

std::string signed_colour(double share) {
    const double at = (std::clamp(share, -1.0, 1.0) + 1) / 2 * (signed_stops.size() - 1);
    const auto stop = std::min(static_cast<std::size_t>(at), signed_stops.size() - 2);
    std::string hex = "#";
    for (std::size_t i = 0; i < 3; ++i)
        hex += fmt::format("{:02x}", std::lround(std::lerp(signed_stops[stop][i], signed_stops[stop + 1][i],
                                                           at - static_cast<double>(stop))));
    return hex;
}

void set_signed_palette(Plot& plot, double limit) {
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < signed_stops.size(); ++i) {
        const double share = 2 * static_cast<double>(i) / (signed_stops.size() - 1) - 1;
        entries.push_back(fmt::format("{} '{}'", share, signed_colour(share)));
    }
    plot.line("set palette defined ({})", fmt::join(entries, ", "));
    plot.line("set palette maxcolors 65"); // steps below visible difference, one of them about zero
    plot.line("unset colorbox");
    plot.line("set cbrange [{}:{}]", -limit, limit);
}

void draw_signed_key(Plot& plot, Size size, double limit, const std::string& name) {
    constexpr double strip = 100, high = 8, numbers = 42;
    const double begin = size.width - strip - numbers, y = size.height - 10;
    draw_strip(plot, size, {begin, y}, strip, high,
               [](double share) { return signed_colour(2 * share - 1); });
    write_at(plot, size, {begin - 5, y}, fmt::format("{}  −{:.3g}", name, limit), {.align = Align::right});
    write_at(plot, size, {begin + strip + 5, y}, fmt::format("{:.3g}", limit), {.align = Align::left});
}

std::string_view hue_of_rank(std::size_t rank) {
    constexpr std::array<std::string_view, most_hues> hues{"blue",   "orange", "green",
                                                           "purple", "gold",   "red"};
    return rank < most_hues ? hues[rank] : "muted";
}

double rounded(double value) {
    return std::stod(fmt::format("{:.4g}", value));
}

std::string signed_number(double value, int decimals) {
    const std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
    return value < 0 && !is_zero ? "−" + digits : digits;
}

std::string number_or_nothing(double value) {
    return std::isfinite(value) ? Csv::cell(value) : "";
}

} // namespace grokreport::figures::readout
