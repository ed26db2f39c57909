// Colours and ticks of figures.
#include "drawing/axis.h"
#include "drawing/colour_map.h"
#include "drawing/style.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

using namespace grokreport::figures;
using Catch::Matchers::Contains;

namespace {

std::array<double, 3> linear_rgb(std::string_view hex) {
    std::array<double, 3> channels{};
    for (int i = 0; i < 3; ++i) {
        const double value = std::stoi(std::string(hex.substr(1 + 2 * i, 2)), nullptr, 16) / 255.0;
        channels[i] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    return channels;
}

double luminance(std::string_view hex) {
    const auto [r, g, b] = linear_rgb(hex);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// The contrast of WCAG 2.1.
double contrast(std::string_view first, std::string_view second) {
    const double a = luminance(first) + 0.05;
    const double b = luminance(second) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

// A person without middle-wave cones sees a plane from blue to yellow (Viénot, Brettel and Mollon 1999).
// These are coordinates in it.
std::array<double, 2> seen_by_deuteranope(std::string_view hex) {
    const auto [r, g, b] = linear_rgb(hex);
    const double l = 17.8824 * r + 43.5161 * g + 4.11935 * b;
    const double s = 0.0299566 * r + 0.184309 * g + 1.46709 * b;
    return {std::cbrt(l / 65.5), std::cbrt(s / 1.68)};
}

} // namespace

TEST_CASE("colours are unique and stand out from the page they lie on", "[figures]") {
    std::set<std::string_view> names, lights, darks;
    for (const Colour& each : palette()) {
        INFO(each.name);
        CHECK(names.insert(each.name).second);
        CHECK(lights.insert(each.light).second);
        CHECK(darks.insert(each.dark).second);
        if (each.role == Role::line) {
            CHECK(contrast(each.light, "#ffffff") >= 3);
            CHECK(contrast(each.dark, "#14171c") >= 3);
        }
    }
    // The page replaces light colours by dark ones in its text, so it would replace a colour that is both
    // twice.
    for (const std::string_view dark : darks)
        CHECK_FALSE(lights.contains(dark));
    CHECK(contrast(colour("ink"), "#ffffff") >= 7);
    CHECK(contrast(colour("muted"), "#ffffff") >= 4.5);
    CHECK_THROWS_WITH(colour("mauve"), Contains("mauve"));
}

TEST_CASE("train and test are told apart without red-green vision", "[figures]") {
    const auto [blue_l, blue_s] = seen_by_deuteranope(colour("blue"));
    const auto [orange_l, orange_s] = seen_by_deuteranope(colour("orange"));
    CHECK(std::hypot(blue_l - orange_l, blue_s - orange_s) > 0.3);
    // Red and green must fail the same test.
    const auto [red_l, red_s] = seen_by_deuteranope("#d62728");
    const auto [green_l, green_s] = seen_by_deuteranope("#2ca02c");
    CHECK(std::hypot(red_l - green_l, red_s - green_s) < 0.3);
}

TEST_CASE("the phase map is a cycle that stands out from both pages", "[figures]") {
    std::set<std::string> seen;
    for (int t = 0; t < 113; ++t) {
        const std::string hex = phase_colour(t / 113.0);
        seen.insert(hex);
        CHECK(contrast(hex, "#ffffff") >= 3);
        CHECK(contrast(hex, "#14171c") >= 3);
    }
    CHECK(seen.size() == 113);
    CHECK(phase_colour(0.25) == phase_colour(1.25));
    CHECK(phase_colour(-0.25) == phase_colour(0.75));
    CHECK(phase_colour(0.25) != phase_colour(0.75)); // the ways from cool to warm and back differ
}

TEST_CASE("the heat map gets darker all the way", "[figures]") {
    for (int i = 0; i < 50; ++i)
        CHECK(luminance(heat_colour(i / 50.0)) > luminance(heat_colour((i + 1) / 50.0)));
    CHECK(heat_colour(-1) == heat_colour(0));
    CHECK(heat_colour(2) == heat_colour(1));
}

TEST_CASE("ticks are few and round", "[figures]") {
    const auto values = [](const std::vector<Tick>& ticks) {
        std::vector<double> out;
        out.reserve(ticks.size());
        for (const Tick& tick : ticks)
            out.push_back(tick.value);
        return out;
    };
    CHECK(values(linear_ticks(20000, 5)) == std::vector<double>{0, 5000, 10000, 15000, 20000});
    CHECK(values(linear_ticks(300, 5)) == std::vector<double>{0, 100, 200, 300});
    CHECK(values(linear_ticks(0, 5)) == std::vector<double>{0});
    CHECK(linear_ticks(20000, 5).back().label == "'20,000'");
    CHECK(values(ticks_between(-120, 43, 5)) == std::vector<double>{-100, -50, 0});
    CHECK(values(ticks_between(-0.3, 0.21, 5)) == std::vector<double>{-0.2, 0, 0.2});
    CHECK(ticks_between(-120, 43, 5).front().label == "'−100'");
    CHECK(values(ticks_between(-0.3, 0.3, 7)).size() == 7); // both ends
    CHECK(ticks_between(-12000, 0, 4).front().label == "'−10,000'");
    CHECK(with_thousands(999) == "999");
    CHECK(with_thousands(-1234567) == "-1,234,567");
    for (const int first : {-300, -25, -7, -1}) {
        const std::vector<Tick> ticks = decade_ticks(first, 2, 6);
        CHECK(ticks.size() >= 2);
        CHECK(ticks.size() <= 6);
    }
    CHECK(decade_ticks(-5, 0, 6).front().label == "'10^{−5}'");
}
