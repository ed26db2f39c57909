#include "drawing/style.h"

#include "base/error.h"

#include <array>
#include <fmt/format.h>

namespace grokreport::figures {

namespace {

// Readers with red-green blindness can tell apart the colours that stand in one figure; a test checks that
// with simulated deuteranopia. The dark column has the same hues, lighter.
constexpr std::array all_colours{
    Colour{"page", "#ffffff", "#14171c", Role::fill},
    Colour{"ink", "#1d232c", "#e4e7eb", Role::line},    // text
    Colour{"muted", "#66707e", "#9aa4b1", Role::line},  // axes, remarks, controls
    Colour{"grid", "#e2e6eb", "#2c333d", Role::fill},   //
    Colour{"grey", "#a3abb5", "#6a7482", Role::fill},   // thin borders
    Colour{"blue", "#1f6fb5", "#6db3f2", Role::line},   // train; a; cos; key frequencies
    Colour{"orange", "#c8570c", "#f79d55", Role::line}, // test; b; sin
    Colour{"green", "#12805c", "#4fc99c",
           Role::line}, // a + b; the answer; frequencies that the softmax makes
    Colour{"purple", "#86449b", "#cf97e0", Role::line},      //
    Colour{"red", "#c02f4b", "#f38094", Role::line},         //
    Colour{"gold", "#947000", "#d8b03f", Role::line},        //
    Colour{"blue-tint", "#e6f0fa", "#1b2e42", Role::fill},   // areas of diagrams
    Colour{"orange-tint", "#fcece0", "#3d2a1b", Role::fill}, //
    Colour{"green-tint", "#e2f3ec", "#17352b", Role::fill},  //
    Colour{"grey-tint", "#f3f5f7", "#1d2229", Role::fill},   //
};

// Browsers take the first family that is installed. librsvg on a plain Debian takes DejaVu Sans. A
// family whose name has a word that begins with a digit would make the whole list invalid.
constexpr std::string_view font_stack =
    "Source Sans Pro, Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif";

} // namespace

std::span<const Colour> palette() {
    return all_colours;
}

std::string_view colour(std::string_view name) {
    for (const Colour& candidate : all_colours)
        if (candidate.name == name) return candidate.light;
    throw Error(fmt::format("no colour is called '{}'", name),
                "use a name of palette() in src/drawing/style.cpp");
}

std::string_view font_family() {
    return font_stack;
}

std::string preamble(Size size) {
    return fmt::format(R"(set encoding utf8
set minussign
set terminal svg size {width:.0f},{height:.0f} fixed enhanced rounded standalone font '{font},{type}'
set border 3 linecolor rgb '{axis}' linewidth {hairline}
set tics nomirror out scale 0.5 textcolor rgb '{ink}'
set xtics offset 0,0.3
set ytics offset 0.4,0
set grid linecolor rgb '{grid}' linetype 1 linewidth {hairline} back
set key off
set style fill solid 1 noborder)",
                       fmt::arg("width", size.width), fmt::arg("height", size.height),
                       fmt::arg("font", font_stack), fmt::arg("type", type_size),
                       fmt::arg("axis", colour("muted")), fmt::arg("ink", colour("ink")),
                       fmt::arg("grid", colour("grid")), fmt::arg("hairline", hairline));
}

} // namespace grokreport::figures
