// One figure on its way to paper: a gnuplot script with the data it draws. A Plot collects the script in
// memory through gnuplot-iostream; draw.h runs gnuplot on it. No drawing code outside src/figures, and only
// plot.cpp includes gnuplot-iostream.h.
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

// What a figure is, before it is drawn: equal drawings give byte-identical SVG.
struct Drawing {
    std::string id;     // "training-10k"
    std::string script; // gnuplot, complete with inline data; writes SVG to stdout
    std::string csv;    // the data shown, with a header line
    // A figure that moves: gnuplot that writes frame-0000.png, frame-0001.png, ... of equal size into the
    // current folder. Empty for a figure that stands still.
    std::string frames{};
    // A name for each disc that the script draws, in its order: the numbers on a circle. The SVG keeps them
    // as titles. Empty where points have no names.
    std::vector<std::string> point_names{};
    // What a page needs to redraw the figure for another choice of the reader, as JSON; empty for most.
    std::string variations{};

    bool operator==(const Drawing&) const = default;
};

// The names of the points of a curve over the p numbers, such as "b = 0", "b = 1", ... for "b = ": of rows
// that are finite, as the others are not drawn. points: p x 2.
std::vector<std::string> names_of_numbers(const Eigen::MatrixXd& points, const std::string& before);

// Any text as a gnuplot string that shows exactly this text: what gnuplot would read as markup, as a command
// or as the end of the string is escaped, and line breaks become spaces.
std::string plain(std::string_view text);

// Any text as a gnuplot string that is this text where gnuplot reads no markup: the name of a file.
std::string literal(std::string_view text);

// Text that is meant as gnuplot markup ("{/:Italic W}_E"), as a gnuplot string. Never for text from outside.
std::string markup(std::string_view text);

// Builds a Drawing. The script begins with the style that all figures share.
class Plot {
  public:
    Plot(std::string id, Size size);
    Plot(Plot&&) noexcept;
    Plot& operator=(Plot&&) noexcept;
    Plot(const Plot&) = delete;
    Plot& operator=(const Plot&) = delete;
    ~Plot();

    // Adds one gnuplot command; the arguments are fmt's.
    template <typename... Args>
    void line(fmt::format_string<Args...> format, Args&&... args) {
        add_line(fmt::format(format, std::forward<Args>(args)...));
    }

    // Defines the data block `$name`, one row a line, with 17 significant digits. A row that holds a value
    // that is not finite becomes a gap: gnuplot interrupts the curve there. Throws Error when no row is left,
    // because gnuplot refuses empty data.
    void data(const std::string& name, const std::vector<std::vector<double>>& rows);

    // Axes of the next plot: its inner rectangle in pixels from the top left corner of the figure.
    void panel(Box inner);

    // The finished drawing; the Plot is spent.
    Drawing finish(std::string csv) &&;

  private:
    class Stream; // gnuplot-iostream over a file in memory

    void add_line(const std::string& command);

    std::string id_;
    Size size_;
    std::unique_ptr<Stream> stream_;
};

} // namespace grokreport::figures
