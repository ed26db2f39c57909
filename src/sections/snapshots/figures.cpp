#include "sections/snapshots/figures.h"

#include "base/undefined.h"
#include "drawing/axis.h"
#include "drawing/csv.h"
#include "drawing/diagram.h"
#include "sections/robustness/figures_rows.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace grokreport::figures {

namespace {

constexpr double widest_cell = 40, matrix_width = 380;
constexpr std::size_t most_named = 9; // epochs above the cells

// "0", "500", "20k"
std::string short_epoch(std::int64_t epoch) {
    return epoch >= 1000 && epoch % 100 == 0 ? fmt::format("{:g}k", static_cast<double>(epoch) / 1000)
                                             : std::to_string(epoch);
}

// A grid of small panels.
constexpr int columns = 4;
constexpr double series_width = 118, series_height = 66, across = 164, down = 108, first_left = 40,
                 first_top = 28;

struct Series {
    std::string title;
    std::vector<double> values;
    double bound = undefined;
};

std::vector<Series> all_series(const std::vector<Snapshot>& snapshots) {
    Series accuracy{"accuracy, all pairs", {}};
    Series number{"key frequencies", {}};
    for (const Snapshot& snapshot : snapshots) {
        accuracy.values.push_back(snapshot.all.accuracy);
        number.values.push_back(static_cast<double>(snapshot.key_frequencies.size()));
    }
    std::vector<Series> series{accuracy, number};
    for (const Curve& curve : readout_curves(snapshots)) {
        const std::string name = curve.claim.substr(curve.claim.find('.') + 1);
        series.push_back({curve.check == 0 ? name : fmt::format("{} ({})", name, curve.check + 1),
                          curve.values, curve.bound});
    }
    return series;
}

Range range_of(const Series& series) {
    const double bound = std::isfinite(series.bound) ? series.bound : 0;
    Range range{std::min(0.0, bound), std::max(0.0, bound)};
    for (const double value : series.values)
        if (std::isfinite(value)) range = {std::min(range.low, value), std::max(range.high, value)};
    if (range.high <= range.low) range.high = range.low + 1;
    range.high += 0.06 * (range.high - range.low);
    return range;
}

void draw_series(Plot& plot, const Series& series, std::size_t i, const std::vector<Snapshot>& snapshots) {
    const std::size_t row = i / columns, column = i % columns;
    const double left = first_left + across * static_cast<double>(column),
                 top = first_top + down * static_cast<double>(row);
    const std::string data = fmt::format("series{}", i);
    std::vector<std::vector<double>> rows;
    for (std::size_t s = 0; s < snapshots.size(); ++s)
        rows.push_back({static_cast<double>(snapshots[s].place.epoch), series.values[s]});
    plot.data(data, rows);
    const Range range = range_of(series);
    plot.panel({left, top, series_width, series_height});
    plot.line("unset arrow");
    plot.line("set yrange [{}:{}]", range.low, range.high);
    plot.line("set ytics {} font ',{}'", tick_list(ticks_between(range.low, range.high, 3)), small_type_size);
    plot.line("set label 1 {} at graph 0, graph 1.13 left font ',{}' textcolor rgb '{}'", plain(series.title),
              small_type_size, colour("ink"));
    if (std::isfinite(series.bound))
        plot.line(
            "set arrow from graph 0, first {0} to graph 1, first {0} nohead linewidth {1} linecolor rgb "
            "'{2}' dashtype (3,3)",
            series.bound, hairline, colour("muted"));
    plot.line("plot ${} using 1:2 with linespoints linewidth {} pointtype 7 pointsize 0.3 linecolor rgb '{}'",
              data, curve_line, colour("blue"));
}

} // namespace

Drawing snapshot_verdicts(const std::string& id, const std::vector<Snapshot>& snapshots) {
    const auto n = static_cast<double>(snapshots.size());
    const double cell = std::min(widest_cell, matrix_width / n), gap = cell > 6 ? 2 : 0;
    const std::vector<Claim>& claims = snapshots.front().claims;
    const double bottom = row_of(claims.size()) + 4;
    Diagram diagram(id, {double_column_width, bottom + 16});
    Csv csv({"claim", "epoch", "verdict"});
    const std::size_t every = (snapshots.size() + most_named - 1) / most_named;
    for (std::size_t s = 0; s < snapshots.size(); s += every)
        diagram.text({rows_left + cell * (static_cast<double>(s) + 0.5) - gap / 2, rows_top - 7},
                     short_epoch(snapshots[s].place.epoch), {"muted", small_type_size});
    diagram.text({rows_left, rows_top - 22}, "epoch", {"muted", small_type_size, Align::left});
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const double y = row_of(i);
        diagram.text({names_end, y}, claims[i].definition.id, {"ink", small_type_size, Align::right});
        for (std::size_t s = 0; s < snapshots.size(); ++s) {
            const std::string verdict = told_verdict(snapshots[s].claims[i]);
            draw_verdict(diagram, verdict,
                         {rows_left + cell * static_cast<double>(s), y - row_height / 2 + 1, cell - gap,
                          row_height - 2});
            csv.row(claims[i].definition.id, snapshots[s].place.epoch, verdict);
        }
    }
    draw_verdict_legend(diagram, bottom + 8);
    return std::move(diagram).finish(csv.text());
}

Drawing snapshot_curves(const std::string& id, const std::vector<Snapshot>& snapshots) {
    const std::vector<Series> series = all_series(snapshots);
    const std::size_t n_rows = (series.size() + columns - 1) / columns;
    Plot plot(id, {double_column_width, first_top + down * static_cast<double>(n_rows)});
    plot.line("set multiplot");
    const double first = static_cast<double>(snapshots.front().place.epoch),
                 last = static_cast<double>(snapshots.back().place.epoch);
    plot.line("set xrange [{}:{}]", first, last);
    plot.line("set xtics {} font ',{}'", tick_list(linear_ticks(last, 3)), small_type_size);
    for (std::size_t i = 0; i < series.size(); ++i)
        draw_series(plot, series[i], i, snapshots);
    plot.line("unset multiplot");
    Csv csv({"quantity", "bound", "epoch", "value"});
    for (const Series& one : series)
        for (std::size_t s = 0; s < snapshots.size(); ++s)
            csv.row(one.title, one.bound, snapshots[s].place.epoch, one.values[s]);
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
