// A figure as a gnuplot script with its data. A Plot collects the script in memory through gnuplot-iostream;
// draw.h runs gnuplot on it. Only plot.cpp includes gnuplot-iostream.h.
#pragma once

#include "drawing/style.h"

#include <Eigen/Core>
#include <fmt/core.h>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grokreport::figures {

// The input of the drawing programs. Equal drawings give byte-identical SVG.
struct Drawing {
    std::string id;     // "training-10k"
    std::string script; // gnuplot commands with inline data; they write SVG to stdout
    std::string csv;    // the data of the figure, with a header line
    // For a film: gnuplot commands that write frame-0000.png, frame-0001.png, ... of equal size into the
    // current folder. Empty for a still.
    std::string frames{};
    // A name for each disc that the script draws, in the same order. The SVG keeps them as titles. Empty
    // where the points have no names.
    std::vector<std::string> point_names{};
    // JSON from which a page draws the figure for other values of a slider. Empty for most figures.
    std::string variations{};

    bool operator==(const Drawing&) const = default;
};

// Names of points, such as "b = 0", "b = 1", ... for the prefix "b = ". Rows that are not finite have no
// name, because gnuplot does not draw them. points: p x 2.
std::vector<std::string> names_of_numbers(const Eigen::MatrixXd& points, const std::string& prefix);

// A gnuplot string that shows `text` as it is: markup, commands and quotes are escaped, and line breaks
// become spaces.
std::string plain(std::string_view text);

// A gnuplot string with the value `text`, for places where gnuplot reads no markup, such as the name of a
// file.
std::string literal(std::string_view text);

// A gnuplot string of gnuplot markup ("{/:Italic W}_E"). The text must not come from outside the program.
std::string markup(std::string_view text);

// The plot options that draw filled discs from rows of x, y, gnuplot's point size and the number of a colour.
inline constexpr std::string_view with_discs =
    "using 1:2:3:4 with points pointtype 7 pointsize variable linecolor rgb variable";

// In pixels, of gnuplot's SVG point type 7 with its outline.
inline constexpr double radius_of_point_size_1 = 5;

// 0xRRGGBB of "#rrggbb", as gnuplot's `linecolor rgb variable` reads it from data.
double colour_number(std::string_view hex);

// Builds a Drawing. The script begins with the style that all figures share.
class Plot {
  public:
    Plot(std::string id, Size size);
    Plot(Plot&&) noexcept;
    Plot& operator=(Plot&&) noexcept;
    Plot(const Plot&) = delete;
    Plot& operator=(const Plot&) = delete;
    ~Plot();

    // Adds one gnuplot command. The arguments are those of fmt::format.
    template <typename... Args>
    void line(fmt::format_string<Args...> format, Args&&... args) {
        add_line(fmt::format(format, std::forward<Args>(args)...));
    }

    // Defines the data block `$name`, one row a line, with 19 significant digits. gnuplot interrupts a curve
    // at a row with a value that is not finite. Throws Error when no finite row is left, because gnuplot
    // refuses empty data.
    void data(const std::string& name, const std::vector<std::vector<double>>& rows);

    // Sets the inner rectangle of the next plot, in pixels from the top left corner of the figure.
    void panel(Box inner);

    // Ends the Plot and returns its drawing.
    Drawing finish(std::string csv) &&;

  private:
    class Stream; // gnuplot-iostream over a file in memory

    void add_line(const std::string& command);

    std::string id_;
    Size size_;
    std::unique_ptr<Stream> stream_;
};

} // namespace grokreport::figures
