#include "sections/petals/figures_animations.h"

#include "drawing/csv.h"
#include "drawing/film.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace grokreport::figures {

namespace {

constexpr int n_frames = 100;    // four seconds
constexpr double x_a_turn = 0.1; // where x_a lies on the circle

// One moving picture: circle and attention frequency, and the offset of alpha as gnuplot in the frame i.
struct Panel {
    double k = 1, f = 0.5;
    std::string offset;
    double first_offset = 0; // its value in the first frame
    std::string title;       // gnuplot markup
    int passes = 2;          // seconds until the curve closes, times k
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
constexpr std::string_view functions = R"(set samples 240
set parametric
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

std::string curve(const Panel& panel, const std::string& from, const std::string& to,
                  const std::string& offset, std::string_view hue, double width) {
    const std::string at = fmt::format("{} + t * ({} - ({}))", from, to, from);
    return fmt::format("zx({0}, {1}, {2}, {3}), zy({0}, {1}, {2}, {3}) with lines linewidth {4} linecolor "
                       "rgb '{5}'",
                       at, panel.k, panel.f, offset, width, colour(hue));
}

std::string point(const std::string& x, const std::string& y, std::string_view hue) {
    return fmt::format(
        "'+' using ({}):({}) every ::0::0 with points pointtype 7 pointsize 0.7 linecolor rgb '{}'", x, y,
        colour(hue));
}

std::string circle_and_x_a() {
    return fmt::format("cos(2 * pi * t), sin(2 * pi * t) with lines linewidth {} linecolor rgb '{}', ",
                       thin_line, colour("grid"));
}

// What all frames show of one panel, `i` being the frame.
std::string plot_offset(const Panel& panel) {
    const std::string now = fmt::format("({} * i / {}.0)", panel.period(), n_frames);
    const std::string x = fmt::format("zx({}, {}, {}, {})", now, panel.k, panel.f, panel.offset);
    const std::string y = fmt::format("zy({}, {}, {}, {})", now, panel.k, panel.f, panel.offset);
    const std::string b_x = fmt::format("cos(2 * pi * {} * {})", panel.k, now);
    const std::string b_y = fmt::format("sin(2 * pi * {} * {})", panel.k, now);
    return "plot " + circle_and_x_a() +
           curve(panel, "0", fmt::format("{}", panel.period()), panel.offset, "grey", hairline) + ", " +
           fmt::format("ax + t * ({} - ax), ay + t * ({} - ay) with lines linewidth {} linecolor rgb '{}', ",
                       b_x, b_y, hairline, colour("muted")) +
           curve(panel, "0", now, panel.offset, "purple", 2 * curve_line) + ", " + point("ax", "ay", "blue") +
           ", " + point(b_x, b_y, "orange") + ", " + point(x, y, "purple");
}

std::string plot_family(const Panel& panel) {
    constexpr int others = 6;
    std::string curves;
    for (int other = 0; other < others; ++other)
        curves += curve(panel, "0", fmt::format("{}", panel.period()),
                        fmt::format("{}", static_cast<double>(other) / others), "grey", 0.4) +
                  ", ";
    return "plot " + circle_and_x_a() + curves +
           curve(panel, "0", fmt::format("{}", panel.period()), panel.offset, "purple", 2 * curve_line) +
           ", " + point("ax", "ay", "blue");
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
        commands += plot_panel(panels[n]) + "\n";
    }
    return commands + "unset multiplot\n";
}

// The curves of the first frame.
std::string csv_of(const std::vector<Panel>& panels) {
    Csv csv({"circle_frequency", "attention_frequency", "offset_turns", "t", "z_1", "z_2"});
    constexpr int points = 200;
    constexpr double turn = 2 * std::numbers::pi;
    for (const Panel& panel : panels)
        for (int i = 0; i <= points; ++i) {
            const double t = panel.period() * i / points;
            const double alpha = 0.5 + 0.5 * std::cos(turn * (panel.f * t - panel.first_offset));
            csv.row(panel.k, panel.f, panel.first_offset, t,
                    alpha * std::cos(turn * x_a_turn) + (1 - alpha) * std::cos(turn * panel.k * t),
                    alpha * std::sin(turn * x_a_turn) + (1 - alpha) * std::sin(turn * panel.k * t));
        }
    return csv.text();
}

// The still is the first frame; the frames are the same commands on a terminal of pixels, somewhat larger.
Drawing moving(const std::string& id, const std::vector<Panel>& panels, const Layout& layout,
               const std::string& commands) {
    const Size size = size_of(panels.size(), layout);
    const std::string setup =
        fmt::format("{}ax = cos(2 * pi * {})\nay = sin(2 * pi * {})", functions, x_a_turn, x_a_turn);

    Plot plot(id, size);
    plot.line("{}", setup);
    plot.line("i = 0");
    plot.line("{}", commands);
    Drawing drawing = std::move(plot).finish(csv_of(panels));
    drawing.frames = fmt::format("{}\n{}\n{}\n"
                                 "do for [i=0:{}] {{\n"
                                 "set output sprintf('frame-%04d.png', i)\n{}unset output\n}}\n",
                                 preamble(size), frames_terminal(size), setup, n_frames - 1, commands);
    return drawing;
}

// The offset runs through one turn in the course of the frames.
std::string running_offset() {
    return fmt::format("(i / {}.0)", n_frames);
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
                          .passes = 2});
    const Layout layout{4, 155};
    return moving(id, panels, layout, body(panels, layout, plot_offset));
}

Drawing moving_family(const std::string& id) {
    const std::vector<Panel> panels{{.k = 1,
                                     .f = 0.5,
                                     .offset = running_offset(),
                                     .first_offset = 0,
                                     .title = "{/:Italic k} = 1, {/:Italic f} = 1/2",
                                     .passes = 2}};
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
                          .passes = k / std::gcd(k, f)});
    const Layout layout{3, 200};
    return moving(id, panels, layout, body(panels, layout, plot_family));
}

} // namespace grokreport::figures
