#include "sections/grokking/figures.h"

#include "base/error.h"
#include "drawing/axis.h"
#include "drawing/csv.h"
#include "drawing/screen.h"

#include <algorithm>
#include <cmath>

namespace grokreport::figures {

namespace {

constexpr std::string_view embedding = "embed.W_E";

// Layout in pixels: a line for the key, two for the marked epochs, then the panels.
constexpr double name_column = 11; // middle of the names of the vertical axes
constexpr double curves_left = 60;
constexpr double curves_width = column_width - curves_left - 32;
constexpr double curves_key_line = 8;
constexpr double memorised_line = 23;
constexpr double grokked_line = 36;
constexpr double first_panel = 44;
constexpr double curves_height = 84;
constexpr double curves_gap = 14;
constexpr double epoch_line = 7; // name of the horizontal axis, above the lower edge
constexpr Size curves_size{column_width, first_panel + 3 * curves_height + 2 * curves_gap + 37};

// Rows to draw: epoch, train loss, test loss, train accuracy (%), test accuracy (%), sum of squares of W_E.
enum Column { epoch, train_loss, test_loss, train_accuracy, test_accuracy, embedding_norm };
using Rows = std::vector<std::vector<double>>;

Rows rows_until(const Metrics& metrics, int last_epoch) {
    const auto found = std::find(metrics.parameters.begin(), metrics.parameters.end(), embedding);
    if (found == metrics.parameters.end())
        throw Error(fmt::format("the metrics of the run have no {}", embedding), "train the run again");
    const auto parameter = static_cast<std::size_t>(found - metrics.parameters.begin());
    Rows rows;
    for (const MetricsRow& row : metrics.rows)
        if (row.epoch <= last_epoch)
            rows.push_back({static_cast<double>(row.epoch), row.train_loss, row.test_loss,
                            100 * row.train_accuracy, 100 * row.test_accuracy,
                            row.sums_of_squares.at(parameter)});
    if (rows.empty())
        throw Error(fmt::format("the run has no metrics up to epoch {}", last_epoch), "train the run again");
    return rows;
}

// The finite values of some columns; above zero only where asked.
Range range_of(const Rows& rows, std::initializer_list<Column> columns, bool positive) {
    Range range{HUGE_VAL, -HUGE_VAL};
    for (const std::vector<double>& row : rows)
        for (const Column column : columns) {
            const double value = row[column];
            if (!std::isfinite(value) || (positive && value <= 0)) continue;
            range = {std::min(range.low, value), std::max(range.high, value)};
        }
    return range;
}

// Whole decades around all losses; from 0.001 to 10 nats where no loss is finite and above 0.
struct Decades {
    int first = -3;
    int last = 1;
};
Decades loss_decades(const Rows& run, const Rows& control) {
    const Range own = range_of(run, {train_loss, test_loss}, true);
    const Range others = range_of(control, {test_loss}, true);
    const Range losses{std::min(own.low, others.low), std::max(own.high, others.high)};
    if (losses.low > losses.high) return {};
    const int first = static_cast<int>(std::floor(std::log10(losses.low)));
    return {first, std::max(first + 1, static_cast<int>(std::ceil(std::log10(losses.high))))};
}

Rows raised_to(Rows rows, double floor) {
    for (std::vector<double>& row : rows)
        for (const Column column : {train_loss, test_loss})
            if (row[column] < floor) row[column] = floor; // false for NaN, which stays a gap
    return rows;
}

double panel_top(int panel) {
    return first_panel + panel * (curves_height + curves_gap);
}

void begin_panel(Plot& plot, int panel, std::string_view name) {
    plot.panel({curves_left, panel_top(panel), curves_width, curves_height});
    // gnuplot would place the name by the widest tick, differently in each panel.
    plot.line("set label 101 {} at screen {:.6f}, graph 0.5 center rotate by 90 textcolor rgb '{}'",
              markup(name), name_column / column_width, colour("ink"));
}

// "train", "test" and, where there is one, the control, each behind a sample of its line.
void draw_key(Plot& plot, const TrainingCurves& shown) {
    struct Entry {
        std::string_view name;
        std::string_view colour;
        double at; // pixels from the left edge
    };
    std::vector<Entry> entries{{"train", "blue", curves_left}, {"test", "orange", curves_left + 60}};
    if (shown.control) entries.push_back({shown.control_name, "muted", curves_left + 112});
    for (const Entry& entry : entries) {
        line_at(plot, curves_size, {entry.at, curves_key_line}, {entry.at + 14, curves_key_line},
                {entry.colour, curve_line});
        plot.line("set label {} at screen {:.6f},{:.6f} left textcolor rgb '{}'", plain(entry.name),
                  screen_x(curves_size, entry.at + 18), screen_y(curves_size, curves_key_line),
                  colour(entry.colour));
    }
}

// A line through all panels with its epoch written above them, on the side of the line that has room.
void mark_epoch(Plot& plot, int at, double last, std::string_view what, std::string_view hue,
                double text_line) {
    if (at > last) return;
    const double x = curves_left + curves_width * at / last;
    const double across = x / curves_size.width;
    const auto up = [](double y) { return 1 - y / curves_size.height; };
    plot.line("set arrow from screen {:.6f},{:.6f} to screen {:.6f},{:.6f} nohead back linewidth {} "
              "linecolor rgb '{}' dashtype (4,3)",
              across, up(text_line + 5), across, up(panel_top(2) + curves_height), hairline, colour(hue));
    const bool on_the_right = at < 0.55 * last;
    plot.line("set label {} at screen {:.6f},{:.6f} {} textcolor rgb '{}' font ',{}'",
              plain(fmt::format("100 % {} at epoch {}", what, with_thousands(at))),
              (x + (on_the_right ? -2 : 2)) / curves_size.width, up(text_line),
              on_the_right ? "left" : "right", colour(hue), small_type_size);
}

std::string curve(std::string_view data, Column column, std::string_view hue) {
    return fmt::format("${} using 1:{} with lines linewidth {} linecolor rgb '{}'", data,
                       static_cast<int>(column) + 1, curve_line, colour(hue));
}

// One panel's curves, the control behind the run.
void draw_curves(Plot& plot, Column train, Column test, bool with_control) {
    plot.line("plot {}{}, {}", with_control ? curve("control", test, "muted") + ", " : "",
              curve("run", train, "blue"), curve("run", test, "orange"));
}

void draw_loss(Plot& plot, Decades decades, bool with_control) {
    begin_panel(plot, 0, "loss (nats)");
    plot.line("set logscale y");
    plot.line("set yrange [{}:{}]", std::pow(10.0, decades.first), std::pow(10.0, decades.last));
    plot.line("set ytics {}", tick_list(decade_ticks(decades.first, decades.last, 6)));
    draw_curves(plot, train_loss, test_loss, with_control);
    plot.line("unset logscale y");
}

void draw_accuracy(Plot& plot, std::optional<double> bound, bool with_control) {
    begin_panel(plot, 1, "accuracy (%)");
    plot.line("set yrange [0:104]");
    plot.line("set ytics (0, 25, 50, 75, 100)");
    if (bound) {
        plot.line("set arrow 100 from graph 0, first {0} to graph 1, first {0} nohead linewidth {1} "
                  "linecolor rgb '{2}' dashtype (2,2)",
                  100 * *bound, hairline, colour("ink"));
        // Beside the panel: inside it, a late spike of the curve would run through the text.
        plot.line("set label 100 {} at graph 1.02, first {} left font ',{}' textcolor rgb '{}'",
                  plain(fmt::format("{:g} %", 100 * *bound)), 100 * *bound, small_type_size, colour("ink"));
    }
    draw_curves(plot, train_accuracy, test_accuracy, with_control);
    plot.line("unset arrow");
    plot.line("unset label");
}

void draw_embedding_norm(Plot& plot, const Rows& rows, const std::vector<Tick>& epochs) {
    begin_panel(plot, 2, "Σ {/:Italic W}@_E^2");
    const Range norms = range_of(rows, {embedding_norm}, true);
    const double highest = norms.high > 0 ? 1.08 * norms.high : 1; // all zero: any range will do
    plot.line("set yrange [0:{}]", highest);
    plot.line("set ytics {}", tick_list(linear_ticks(highest, 5)));
    plot.line("set xtics {}", tick_list(epochs));
    plot.line("set label 102 'epoch' at graph 0.5, screen {:.6f} center textcolor rgb '{}'",
              epoch_line / curves_size.height, colour("ink"));
    plot.line("plot {}", curve("run", embedding_norm, "ink"));
}

std::string csv_of(const Rows& run, const Rows& control) {
    Csv csv({"run", "epoch", "train_loss_nats", "test_loss_nats", "train_accuracy_percent",
             "test_accuracy_percent", "W_E_sum_of_squares"});
    const auto add = [&](std::string_view name, const Rows& rows) {
        for (const std::vector<double>& row : rows)
            csv.row(name, row[epoch], row[train_loss], row[test_loss], row[train_accuracy],
                    row[test_accuracy], row[embedding_norm]);
    };
    add("model", run);
    add("control", control);
    return csv.text();
}

} // namespace

Drawing training_curves(const std::string& id, const TrainingCurves& shown) {
    const Rows run = rows_until(shown.run, shown.last_epoch);
    const Rows control = shown.control ? rows_until(*shown.control, shown.last_epoch) : Rows{};
    const Decades decades = loss_decades(run, control);
    const double floor = std::pow(10.0, decades.first);
    const double last = std::max(run.back()[epoch], 1.0);

    Plot plot(id, curves_size);
    plot.data("run", raised_to(run, floor));
    if (shown.control) plot.data("control", raised_to(control, floor));
    plot.line("set multiplot");
    plot.line("set xrange [0:{}]", last);
    const std::vector<Tick> epochs = linear_ticks(last, 5);
    plot.line("set xtics {}", tick_list(unlabelled(epochs)));

    draw_key(plot, shown);
    if (shown.memorised_epoch)
        mark_epoch(plot, *shown.memorised_epoch, last, "train", "blue", memorised_line);
    if (shown.grokked_epoch) mark_epoch(plot, *shown.grokked_epoch, last, "test", "orange", grokked_line);
    draw_loss(plot, decades, shown.control != nullptr);
    plot.line("unset arrow");
    plot.line("unset label");
    draw_accuracy(plot, shown.accuracy_line, shown.control != nullptr);
    draw_embedding_norm(plot, run, epochs);
    plot.line("unset multiplot");
    return std::move(plot).finish(csv_of(run, control));
}

} // namespace grokreport::figures
