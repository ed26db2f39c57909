// The style of all figures: colours by name, sizes, and the first commands of each gnuplot script.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace grokreport::figures {

// The use of a colour. It decides which contrast to the page the colour needs.
enum class Role {
    line, // curves, points, text: contrast of at least 3 against the page (WCAG 2.1, 1.4.11)
    fill, // areas behind text, the grid, the page itself
};

// A figure is drawn with the light colour. A dark page replaces it by the dark one, so no two of these are
// equal.
struct Colour {
    std::string_view name;  // "blue"
    std::string_view light; // "#rrggbb" on a white page
    std::string_view dark;  // "#rrggbb" on a near-black page
    Role role;
};

// All colours of figures.
std::span<const Colour> palette();

// The light colour "#rrggbb" of a name. Throws Error for a name that is not in the palette.
std::string_view colour(std::string_view name);

// Key frequencies where a figure tells them from others. (Their numbers are bold in labels; where a figure
// tells them from each other, they have the hues of hue_of_rank() in sections/readout/figures_layout.cpp.)
inline constexpr std::string_view key_frequency_colour = "blue";

// All sizes are in pixels of 1/96 inch: at its natural size a printed figure has the type and lines given
// here.
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

// The font families of every figure, as a CSS list.
std::string_view font_family();

// Sizes of type.
inline constexpr double type_size = 11;        // 8.25 points
inline constexpr double small_type_size = 9.5; // 7.1 points

// Widths of lines.
inline constexpr double hairline = 0.7; // axes, grid, marks
inline constexpr double thin_line = 1.0;
inline constexpr double curve_line = 1.5;

// The first commands of every script: SVG without a background, type, axes, grid, no key.
std::string preamble(Size size);

} // namespace grokreport::figures
