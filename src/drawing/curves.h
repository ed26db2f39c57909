// Curves of p points in a plane, as square panels side by side: points coloured by their phase, a thin line
// below them, one scale for all panels of a figure.
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
    int k = 1;                                     // row b has the colour of the phase k b / p
    Eigen::MatrixXd line;                          // n x 2, drawn below the points; may be empty
    double line_width = thin_line;                 // pixels
    std::optional<Eigen::RowVector2d> marked = {}; // a point with a ring around it
};

// Rows of x and y for Plot::data. points: n x 2.
std::vector<std::vector<double>> point_rows(const Eigen::MatrixXd& points);

// The same with the number of a colour: that of the phase of each row's number at frequency k.
std::vector<std::vector<double>> coloured_rows(const Eigen::MatrixXd& points, int k);

// A square region of the plane.
struct Window {
    double x = 0, y = 0; // its centre
    double half = 1;     // half of its side
};

// The arrangement of the panels of a figure: rows of up to `columns`.
struct CurveGrid {
    int columns = 1;
    double width = 440;         // of the figure, in pixels
    std::string x_name, y_name; // of the axes, in gnuplot markup, once for all panels
};

// The smallest window, with a margin, that holds all panels. Its centre is the origin if about_origin is
// true.
Window window_of(const std::vector<CurvePanel>& panels, bool about_origin);

// The map from the plane to pixels of the figure in panel `i` of `n`: (x, y, 1) times this matrix, 3 x 2.
Eigen::MatrixXd pixels_of(const Window& window, const CurveGrid& grid, int i, int n);

// Draws all panels in the same window.
Drawing draw_curves(const std::string& id, const std::vector<CurvePanel>& panels, const Window& window,
                    const CurveGrid& grid, std::string csv);

} // namespace grokreport::figures
