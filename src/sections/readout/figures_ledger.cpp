#include "base/numbers.h"
#include "drawing/csv.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace grokreport::figures {

namespace {

// Layout in pixels.
constexpr double ledger_names = 104; // names of the stages
constexpr double ledger_top = 40;
constexpr double ledger_row = 23;
constexpr double ledger_numbers = 62; // right of a panel: the shares of the sum terms
constexpr double ledger_gap = 14;
constexpr double ledger_width = (double_column_width - ledger_names - ledger_gap - 2 * ledger_numbers) / 2;
constexpr double ledger_below = 40;

struct LedgerStage {
    std::string_view id;
    std::string_view name;
    TermShares Ledger::*shares;
};
constexpr std::array ledger_stages{
    LedgerStage{"o", "attention, {/:Italic o}", &Ledger::o},
    LedgerStage{"pre", "pre-activations", &Ledger::pre},
    LedgerStage{"hidden", "hidden layer", &Ledger::hidden},
    LedgerStage{"mlp_logits", "logits, MLP's part", &Ledger::mlp_logits},
    LedgerStage{"logits", "logits", &Ledger::logits},
};

struct LedgerTerm {
    std::string_view id;
    std::string_view name;
    std::string_view hue;
    double TermShares::*share;
};
constexpr std::array ledger_terms{
    LedgerTerm{"sum", "sum terms", "green", &TermShares::sum},
    LedgerTerm{"difference", "difference terms", "purple", &TermShares::difference},
    LedgerTerm{"doubles", "doubles", "orange", &TermShares::doubles},
    LedgerTerm{"one_number", "terms of one number", "blue", &TermShares::one_number},
    LedgerTerm{"rest", "rest", "grey", &TermShares::rest},
};

struct LedgerPanel {
    std::string_view id;
    std::string_view title;
    const Ledger& ledger;
};

void draw_ledger_key(Plot& plot, Size size) {
    std::vector<readout::KeyEntry> entries;
    double at = ledger_names;
    constexpr std::array widths{86.0, 116.0, 76.0, 140.0, 0.0};
    for (std::size_t i = 0; i < ledger_terms.size(); ++i) {
        entries.push_back({std::string(ledger_terms[i].name), std::string(colour(ledger_terms[i].hue)), at});
        at += widths[i];
    }
    readout::draw_key(plot, size, 9, entries);
}

// x, y, x low, x high, y low, y high, rgb
std::vector<std::vector<double>> ledger_bars(const Ledger& ledger) {
    std::vector<std::vector<double>> bars;
    for (std::size_t i = 0; i < ledger_stages.size(); ++i) {
        const TermShares& shares = ledger.*ledger_stages[i].shares;
        const double middle = static_cast<double>(i) + 0.5;
        double from = 0;
        for (const LedgerTerm& term : ledger_terms) {
            const double width =
                100 * std::max(0.0, shares.*term.share); // the rest may be rounded below zero
            if (!(width > 1e-3)) continue;               // thinner than any pixel, or no number
            bars.push_back({from + width / 2, middle, from, from + width, middle - 0.36, middle + 0.36,
                            colour_number(colour(term.hue))});
            from += width;
        }
    }
    return bars;
}

void draw_ledger_panel(Plot& plot, Size size, const LedgerPanel& panel, double left, bool is_first) {
    constexpr auto n = static_cast<double>(ledger_stages.size());
    plot.panel({left, ledger_top, ledger_width, n * ledger_row});
    write_at(plot, size, {left, ledger_top - 10}, panel.title, {.align = Align::left});
    write_at(plot, size, {left + ledger_width + 6, ledger_top - 10}, "sum terms",
             {"green", small_type_size, Align::left});
    for (std::size_t i = 0; i < ledger_stages.size(); ++i) {
        const double y = ledger_top + (static_cast<double>(i) + 0.5) * ledger_row;
        const double share = (panel.ledger.*ledger_stages[i].shares).sum;
        if (is_first) write_at(plot, size, {left - 8, y}, ledger_stages[i].name, {.align = Align::right});
        write_at(plot, size, {left + ledger_width + 6, y},
                 std::isfinite(share) ? format_percent(share) : "constant",
                 {std::isfinite(share) ? "green" : "muted", type_size, Align::left});
    }
    const auto bars = ledger_bars(panel.ledger);
    if (bars.empty()) {
        plot.line("plot -1 with lines");
    } else {
        plot.data(fmt::format("{}", panel.id), bars);
        plot.line(
            "plot ${} using 1:2:3:4:5:6:7 with boxxyerror fillstyle solid 1 noborder linecolor rgb variable",
            panel.id);
    }
    plot.line("unset label\nunset object");
}

} // namespace

Drawing readout_ledger(const std::string& id, const ReadoutResults& results) {
    constexpr auto n = static_cast<double>(ledger_stages.size());
    constexpr Size size{double_column_width, ledger_top + n * ledger_row + ledger_below};
    const std::array panels{LedgerPanel{"relu", "as trained", results.with_relu},
                            LedgerPanel{"identity", "ReLU replaced by the identity", results.with_identity}};
    Plot plot(id, size);
    plot.line("set multiplot");
    plot.line("set border 1\nunset ytics\nset xtics (0, 25, 50, 75, 100)");
    plot.line("set xlabel 'share of the variance (%)' offset 0,0.8");
    plot.line("set xrange [0:100]\nset yrange [{}:0]", n);
    draw_ledger_key(plot, size);
    Csv csv({"activation", "stage", "sum", "difference", "doubles", "one_number", "rest"});
    for (std::size_t i = 0; i < panels.size(); ++i) {
        const double left =
            ledger_names + static_cast<double>(i) * (ledger_width + ledger_numbers + ledger_gap);
        draw_ledger_panel(plot, size, panels[i], left, i == 0);
        for (const LedgerStage& stage : ledger_stages) {
            std::vector<std::string> cells{std::string(panels[i].id), std::string(stage.id)};
            for (const LedgerTerm& term : ledger_terms)
                cells.push_back(readout::number_or_nothing((panels[i].ledger.*stage.shares).*term.share));
            csv.add(cells);
        }
    }
    plot.line("unset multiplot");
    return std::move(plot).finish(csv.text());
}

} // namespace grokreport::figures
