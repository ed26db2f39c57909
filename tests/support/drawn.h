// What the tests of figures have in common.
#pragma once

#include "base/files.h"
#include "drawing/draw.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

namespace grokreport::testing {

// Draws a figure with gnuplot and returns the SVG. Fails on any complaint of gnuplot, and on NaN or infinity
// in the script.
inline std::string drawn(const figures::Drawing& drawing) {
    CHECK_THAT(drawing.script, !Catch::Matchers::Contains("nan") && !Catch::Matchers::Contains("inf "));
    const TemporaryFolder folder;
    figures::draw(drawing, folder.path());
    return read_file(folder.path() / (drawing.id + ".svg"));
}

inline auto lines_of(const std::string& text) {
    return std::ranges::count(text, '\n');
}

} // namespace grokreport::testing
