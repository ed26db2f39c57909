#include "sections/petals/figures_animations.h"

#include "drawing/csv.h"
#include "drawing/film.h"

#include <cmath>
#include <numbers>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

namespace grokreport::figures {

namespace {

constexpr int n_frames = 100;    // four seconds
constexpr double x_a_turn = 0.1; // where x_a lies on the circle
constexpr double full_turn = 2 * std::numbers::pi;
constexpr int curve_steps = 239; // of a curve; gnuplot's samples are one more

// One moving picture: circle and attention frequency, and the offset of alpha as gnuplot in the frame i.
struct Panel {
    double k = 1, f = 0.5;
    std::string offset;
    double first_offset = 0;             // its value in the first frame
    std::string title;                   // gnuplot markup
    int passes = 2;                      // seconds until the curve closes, times k
    std::vector<double> fixed_offsets{}; // of the curves that are the same in all frames
    double period() const { return passes / k; }
};

struct Layout {
    int columns = 1;
    double side = 150; // pixels of a panel
};
constexpr double film_edge = 6, title_height = 18, film_gap = 8;
constexpr double film_below = 34; // where a player lays its controls

Size size_of(std::size_t panels, const Layout& layout) {
    const auto rows = (static_cast<int>(panels) + layout.columns - 1) / layout.columns;
    return {2 * film_edge + layout.columns * layout.side + (layout.columns - 1) * film_gap,
            film_below + rows * (layout.side + title_height) + (rows - 1) * film_gap};
}

// gnuplot's functions of the formulas in the header; z at time t.
constexpr std::string_view functions = R"(set parametric
set trange [0:1]
unset border
unset tics
unset grid
set xrange [-1.12:1.12]
set yrange [-1.12:1.12]
alpha(t, f, d) = 0.5 + 0.5 * cos(2 * pi * (f * t - d))
z(t, k, f, d, a, b) = alpha(t, f, d) * a + (1 - alpha(t, f, d)) * b
zx(t, k, f, d) = z(t, k, f, d, ax, cos(2 * pi * k * t))
zy(t, k, f, d) = z(t, k, f, d, ay, sin(2 * pi * k * t))
)";

// The curve of the frame's offset from t = 0 on.
std::string moving_curve(const Panel& panel, const std::string& to) {
    const std::string arguments = fmt::format("t * {}, {}, {}, {}", to, panel.k, panel.f, panel.offset);
    return fmt::format("zx({0}), zy({0}) with lines linewidth {1} linecolor rgb '{2}'", arguments,
                       2 * curve_line, colour("purple"));
}

// A point is drawn at one row of data: with '+' gnuplot would evaluate it for every sample.
std::string point(const std::string& x, const std::string& y, std::string_view hue) {
    return fmt::format(
        "$circle every ::0::0 using ({}):({}) with points pointtype 7 pointsize 0.7 linecolor rgb '{}'", x, y,
        colour(hue));
}

// The curve of an offset: t, z_1, z_2.
std::vector<std::vector<double>> points_of(const Panel& panel, double offset, int steps) {
    std::vector<std::vector<double>> points;
    for (int i = 0; i <= steps; ++i) {
        const double t = panel.period() * i / steps;
        const double alpha = 0.5 + 0.5 * std::cos(full_turn * (panel.f * t - offset));
        points.push_back(
            {t, alpha * std::cos(full_turn * x_a_turn) + (1 - alpha) * std::cos(full_turn * panel.k * t),
             alpha * std::sin(full_turn * x_a_turn) + (1 - alpha) * std::sin(full_turn * panel.k * t)});
    }
    return points;
}

std::string name_of_curve(std::size_t panel, std::size_t curve) {
    return fmt::format("curve_{}_{}", panel, curve);
}

// What is the same in all frames stands in data blocks: gnuplot evaluates formulas slowly.
void add_fixed(Plot& plot, const std::vector<Panel>& panels) {
    std::vector<std::vector<double>> circle;
    for (int i = 0; i <= curve_steps; ++i)
        circle.push_back({std::cos(full_turn * i / curve_steps), std::sin(full_turn * i / curve_steps)});
    plot.data("circle", circle);
    for (std::size_t n = 0; n < panels.size(); ++n)
        for (std::size_t curve = 0; curve < panels[n].fixed_offsets.size(); ++curve)
            plot.data(name_of_curve(n, curve),
                      points_of(panels[n], panels[n].fixed_offsets[curve], curve_steps));
}

// Circle and fixed curves of the panel with this number.
std::string fixed_lines(const Panel& panel, std::size_t number, double width) {
    std::string lines = fmt::format("$circle using 1:2 with lines linewidth {} linecolor rgb '{}', ",
                                    thin_line, colour("grid"));
    for (std::size_t curve = 0; curve < panel.fixed_offsets.size(); ++curve)
        lines += fmt::format("${} using 2:3 with lines linewidth {} linecolor rgb '{}', ",
                             name_of_curve(number, curve), width, colour("grey"));
    return lines;
}

// What all frames show of one panel, `i` being the frame.
std::string plot_offset(const Panel& panel, std::size_t number) {
    const std::string now = fmt::format("({} * i / {}.0)", panel.period(), n_frames);
    const std::string x = fmt::format("zx({}, {}, {}, {})", now, panel.k, panel.f, panel.offset);
    const std::string y = fmt::format("zy({}, {}, {}, {})", now, panel.k, panel.f, panel.offset);
    const std::string b_x = fmt::format("cos(2 * pi * {} * {})", panel.k, now);
    const std::string b_y = fmt::format("sin(2 * pi * {} * {})", panel.k, now);
    return "plot " + fixed_lines(panel, number, hairline) +
           fmt::format(
               "$circle every ::0::0 using (ax):(ay):({} - ax):({} - ay) with vectors nohead linewidth {} "
               "linecolor rgb '{}', ",
               b_x, b_y, hairline, colour("muted")) +
           moving_curve(panel, now) + ", " + point("ax", "ay", "blue") + ", " + point(b_x, b_y, "orange") +
           ", " + point(x, y, "purple");
}

std::string plot_family(const Panel& panel, std::size_t number) {
    return "plot " + fixed_lines(panel, number, 0.4) +
           moving_curve(panel, fmt::format("{}", panel.period())) + ", " + point("ax", "ay", "blue");
}

// The commands that draw all panels in frame i.
template <typename PlotPanel>
std::string body(const std::vector<Panel>& panels, const Layout& layout, PlotPanel plot_panel) {
    const Size size = size_of(panels.size(), layout);
    std::string commands = "set multiplot\n";
    for (std::size_t n = 0; n < panels.size(); ++n) {
        const auto row = static_cast<int>(n) / layout.columns, column = static_cast<int>(n) % layout.columns;
        const double left = film_edge + column * (layout.side + film_gap);
        const double top = title_height + row * (layout.side + title_height + film_gap);
        commands +=
            fmt::format("set lmargin at screen {:.6f}\nset rmargin at screen {:.6f}\nset tmargin at screen "
                        "{:.6f}\nset bmargin at screen {:.6f}\n",
                        left / size.width, (left + layout.side) / size.width, 1 - top / size.height,
                        1 - (top + layout.side) / size.height);
        commands += fmt::format("set label 1 {} at screen {:.6f},{:.6f} center textcolor rgb '{}'\n",
                                markup(panels[n].title), (left + layout.side / 2) / size.width,
                                1 - (top - 8) / size.height, colour("ink"));
        commands += plot_panel(panels[n], n) + "\n";
    }
    return commands + "unset multiplot\n";
}

// The curves of the first frame.
std::string csv_of(const std::vector<Panel>& panels) {
    Csv csv({"circle_frequency", "attention_frequency", "offset_turns", "t", "z_1", "z_2"});
    for (const Panel& panel : panels)
        for (const std::vector<double>& point : points_of(panel, panel.first_offset, 200)) {
            const double t = point[0], z_1 = point[1], z_2 = point[2];
            csv.row(panel.k, panel.f, panel.first_offset, t, z_1, z_2);
        }
    return csv.text();
}

// The still is the first frame; the frames are the same commands on a terminal of pixels, somewhat larger.
Drawing moving(const std::string& id, const std::vector<Panel>& panels, const Layout& layout,
               const std::string& commands) {
    const Size size = size_of(panels.size(), layout);
    const std::string setup = fmt::format("{}set samples {}\nax = cos(2 * pi * {})\nay = sin(2 * pi * {})",
                                          functions, curve_steps + 1, x_a_turn, x_a_turn);

    Plot still(id, size), film(id, size);
    add_fixed(still, panels);
    still.line("{}\ni = 0\n{}", setup, commands);
    film.line("{}", frames_terminal(size));
    add_fixed(film, panels);
    film.line("{}\ndo for [i=0:{}] {{\nset output sprintf('frame-%04d.png', i)\n{}unset output\n}}", setup,
              n_frames - 1, commands);
    Drawing drawing = std::move(still).finish(csv_of(panels));
    drawing.frames = std::move(film).finish("").script;
    return drawing;
}

// The offset runs through one turn in the course of the frames.
std::string running_offset() {
    return fmt::format("(i / {}.0)", n_frames);
}

// The offsets of the curves behind the moving one.
std::vector<double> sixths_of_a_turn() {
    return {0, 1 / 6.0, 2 / 6.0, 3 / 6.0, 4 / 6.0, 5 / 6.0};
}

} // namespace

Drawing moving_offsets(const std::string& id) {
    std::vector<Panel> panels;
    for (const double offset : {0.0, 0.25, 0.5, 0.75})
        panels.push_back({.k = 1,
                          .f = 0.5,
                          .offset = fmt::format("{}", offset),
                          .first_offset = offset,
                          .title = fmt::format("offset {} turns", offset),
                          .passes = 2,
                          .fixed_offsets = {offset}});
    const Layout layout{4, 155};
    return moving(id, panels, layout, body(panels, layout, plot_offset));
}

Drawing moving_family(const std::string& id) {
    const std::vector<Panel> panels{{.k = 1,
                                     .f = 0.5,
                                     .offset = running_offset(),
                                     .first_offset = 0,
                                     .title = "{/:Italic k} = 1, {/:Italic f} = 1/2",
                                     .passes = 2,
                                     .fixed_offsets = sixths_of_a_turn()}};
    const Layout layout{1, 300};
    return moving(id, panels, layout, body(panels, layout, plot_family));
}

Drawing moving_frequencies(const std::string& id) {
    std::vector<Panel> panels;
    // In pairs: where k divides f there is one pass and no overlap, and otherwise there is
    for (const auto& [k, f] : {std::pair{1, 1}, {1, 3}, {2, 4}, {4, 1}, {3, 2}, {2, 3}})
        panels.push_back({.k = static_cast<double>(k),
                          .f = static_cast<double>(f),
                          .offset = running_offset(),
                          .first_offset = 0,
                          .title = fmt::format("{{/:Italic k}} = {}, {{/:Italic f}} = {}", k, f),
                          .passes = k / std::gcd(k, f),
                          .fixed_offsets = sixths_of_a_turn()});
    const Layout layout{3, 200};
    return moving(id, panels, layout, body(panels, layout, plot_family));
}

} // namespace grokreport::figures
