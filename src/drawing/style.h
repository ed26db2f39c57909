// How every figure looks, in one place: colours by name, sizes, and the commands with which each gnuplot
// script begins.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace grokreport::figures {

// What a colour is used for decides how far it must stand out from the page.
enum class Role {
    line, // curves, points, text: contrast of at least 3 against the page (WCAG 2.1, 1.4.11)
    fill, // areas behind text, the grid, the page itself
};

// A figure is drawn with the light hex; a page may replace it by the dark one, so no two are equal.
struct Colour {
    std::string_view name;  // "train"
    std::string_view light; // "#rrggbb" on a white page
    std::string_view dark;  // "#rrggbb" on a near-black page
    Role role;
};

// All colours that a figure may name.
std::span<const Colour> palette();

// The light hex of a colour of the palette. Throws Error for a name that is not in it.
std::string_view colour(std::string_view name);

// Pixels of 1/96 inch, so that a figure printed at its own size has the type and lines given here.
struct Size {
    double width = 0;
    double height = 0;
};
struct Box {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

inline constexpr double column_width = 318;        // one column of a two-column paper: 84 mm
inline constexpr double double_column_width = 665; // both columns: 176 mm

// The families of type of every figure, as CSS lists them.
std::string_view font_family();

// Sizes of type in pixels: 8.25 and 7.1 points in print.
inline constexpr double type_size = 11;
inline constexpr double small_type_size = 9.5;

// Widths of lines in pixels.
inline constexpr double hairline = 0.7; // axes, grid, marks
inline constexpr double thin_line = 1.0;
inline constexpr double curve_line = 1.5;

// The commands with which every script begins: SVG without a background, type, axes, grid, key.
std::string preamble(Size size);

} // namespace grokreport::figures
