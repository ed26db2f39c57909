#include "drawing/colour_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace grokreport::figures {

namespace {

struct OkLab {
    double lightness;
    double a; // green to red
    double b; // blue to yellow
};

// The transfer function of sRGB (IEC 61966-2-1), as a byte.
int to_byte(double linear) {
    const double clamped = std::clamp(linear, 0.0, 1.0);
    const double encoded =
        clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * std::pow(clamped, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(255 * encoded));
}

// The matrices are those of Ottosson's article: from OKLab to cone responses, and from those to linear sRGB.
std::string to_hex(OkLab colour) {
    const auto cubed = [](double x) { return x * x * x; };
    const double l = cubed(colour.lightness + 0.3963377774 * colour.a + 0.2158037573 * colour.b);
    const double m = cubed(colour.lightness - 0.1055613458 * colour.a - 0.0638541728 * colour.b);
    const double s = cubed(colour.lightness - 0.0894841775 * colour.a - 1.2914855480 * colour.b);
    return fmt::format("#{:02x}{:02x}{:02x}", to_byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                       to_byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                       to_byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

OkLab between(OkLab from, OkLab to, double share) {
    return {std::lerp(from.lightness, to.lightness, share), std::lerp(from.a, to.a, share),
            std::lerp(from.b, to.b, share)};
}

} // namespace

std::string phase_colour(double turn) {
    // The colours lie on an ellipse in the plane of one lightness. Its long axis goes from blue to red.
    constexpr double lightness = 0.60;
    constexpr OkLab blue{lightness, -0.045, -0.145};
    constexpr OkLab red{lightness, 0.165, 0.085};
    constexpr double width = 0.6; // short axis over long axis
    const OkLab centre = between(blue, red, 0.5);
    const double along = -std::cos(2 * std::numbers::pi * turn);
    const double across = width * std::sin(2 * std::numbers::pi * turn);
    const double half_a = (red.a - blue.a) / 2;
    const double half_b = (red.b - blue.b) / 2;
    return to_hex({lightness, centre.a + along * half_a + across * half_b,
                   centre.b + along * half_b - across * half_a});
}

double phase_turn(int k, std::int64_t n, std::int64_t p) {
    return static_cast<double>(k * n % p) / static_cast<double>(p);
}

std::string heat_colour(double share) {
    constexpr std::array stops{OkLab{0.97, -0.012, 0.035}, OkLab{0.80, -0.070, 0.010},
                               OkLab{0.60, -0.060, -0.075}, OkLab{0.42, -0.015, -0.120},
                               OkLab{0.25, 0.010, -0.085}};
    const double at = std::clamp(share, 0.0, 1.0) * (stops.size() - 1);
    const auto stop = std::min(static_cast<std::size_t>(at), stops.size() - 2);
    return to_hex(between(stops[stop], stops[stop + 1], at - static_cast<double>(stop)));
}

std::string heat_palette_command() {
    constexpr int steps = 32;
    std::string entries;
    for (int i = 0; i <= steps; ++i) {
        const double share = static_cast<double>(i) / steps;
        entries += fmt::format("{}{} '{}'", i == 0 ? "" : ", ", share, heat_colour(share));
    }
    return fmt::format("set palette defined ({})", entries);
}

} // namespace grokreport::figures
