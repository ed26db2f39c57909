// Curves that the p numbers draw in a plane, as square panels side by side: points coloured by their phase, a
// thin line through them, one scale for all panels of a figure.
#pragma once

#include "drawing/plot.h"

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

namespace grokreport::figures {

struct CurvePanel {
    std::string title;                             // gnuplot markup
    std::string note;                              // gnuplot markup, in grey behind the title; may be empty
    Eigen::MatrixXd points;                        // p x 2, row b
    int k = 1;                                     // points are coloured by the phase k b / p
    Eigen::MatrixXd line;                          // n x 2: drawn under the points; may be empty
    double line_width = thin_line;                 // pixels
    std::optional<Eigen::RowVector2d> marked = {}; // ringed
};

// A square region of the plane.
struct Window {
    double x = 0, y = 0; // its centre
    double half = 1;     // half of its side
};
// A place in the plane as pixels of the figure, in panel `i` of `n` that draw_curves draws: (x, y, 1) times
// this matrix, 3 x 2.
struct CurveGrid;
Eigen::MatrixXd pixels_of(const Window& window, const CurveGrid& grid, int i, int n);

// The smallest window, with a margin, that holds all panels; about the origin where asked.
Window window_of(const std::vector<CurvePanel>& panels, bool about_origin);

// Draws panels in rows of up to `columns`, all in the same window, into a figure of the given width.
// x_name and y_name (gnuplot markup) name the axes, once for all.
struct CurveGrid {
    int columns = 1;
    double width = 440; // pixels
    std::string x_name, y_name;
};
Drawing draw_curves(const std::string& id, const std::vector<CurvePanel>& panels, const Window& window,
                    const CurveGrid& grid, std::string csv);

} // namespace grokreport::figures
