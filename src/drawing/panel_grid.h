// Panels of equal size in rows, in pixels of the figure.
#pragma once

#include "drawing/style.h"

#include <cstddef>

namespace grokreport::figures {

struct PanelGrid {
    int columns = 1, rows = 1;
    Box first{};                 // the panel at the upper left
    double across = 0, down = 0; // from a panel to its neighbours on the right and below
    Size size{};                 // of the figure

    Box panel(std::size_t i) const {
        const int row = static_cast<int>(i) / columns, column = static_cast<int>(i) % columns;
        return {first.left + column * across, first.top + row * down, first.width, first.height};
    }
    bool begins_row(std::size_t i) const { return static_cast<int>(i) % columns == 0; }
};

// As few rows of n panels as have at most `most` columns, and as few columns as these rows need; the places
// are left to the caller. n, most: at least 1.
inline PanelGrid few_rows(std::size_t n, int most) {
    const auto count = static_cast<int>(n);
    PanelGrid grid;
    grid.rows = (count + most - 1) / most;
    grid.columns = (count + grid.rows - 1) / grid.rows;
    return grid;
}

// The width of each of the panels that fill a row.
inline double width_of_panels(int columns, double figure_width, double margin_left, double margin_right,
                              double between) {
    return (figure_width - margin_left - margin_right - (columns - 1) * between) / columns;
}

} // namespace grokreport::figures
