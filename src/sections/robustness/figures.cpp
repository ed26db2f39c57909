#include "sections/robustness/figures.h"

#include "drawing/csv.h"
#include "sections/robustness/figures_rows.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport::figures {

namespace {

constexpr double cells_width = 290; // of all seeds together, at most

// The verdicts of a claim as parts of one bar, in the order of the legend.
void draw_shares(Diagram& diagram, const ClaimAcrossSeeds& claim, Box bar) {
    for (const VerdictStyle& style : verdict_styles) {
        const auto n = std::ranges::count(claim.verdicts, style.verdict);
        const double width = bar.width * static_cast<double>(n) / static_cast<double>(claim.verdicts.size());
        if (n > 0) diagram.box({bar.left, bar.top, width, bar.height}, style.fill, style.border);
        bar.left += width;
    }
}

} // namespace

Drawing robustness_matrix(const std::string& id, const Robustness& robustness) {
    const auto n_seeds = static_cast<double>(robustness.seeds.size());
    const double cell = std::min(15.0, cells_width / n_seeds), gap = cell > 6 ? 2 : 0;
    const double interval = rows_left + cell * n_seeds + 26, share_at = double_column_width - 8;
    const double interval_width = share_at - 56 - interval;
    const double bottom = row_of(robustness.claims.size()) + 4;
    Diagram diagram(id, {double_column_width, bottom + 16});
    Csv csv({"claim", "seed", "verdict", "passed", "judged", "wilson_low", "wilson_high"});
    name_claims(diagram, robustness);

    const bool names_fit = robustness.seeds.size() <= 24 && std::ranges::max(robustness.seeds) < 1000;
    for (std::size_t s = 0; names_fit && s < robustness.seeds.size(); ++s)
        diagram.text({rows_left + cell * (static_cast<double>(s) + 0.5) - gap / 2, rows_top - 7},
                     std::to_string(robustness.seeds[s]), {"muted", small_type_size});
    diagram.text({rows_left, rows_top - 22},
                 names_fit ? "seed" : fmt::format("{} seeds", robustness.seeds.size()),
                 {"muted", small_type_size, Align::left});
    diagram.text({interval + interval_width / 2, rows_top - 22}, "share that passes, 95 % interval",
                 {"muted", small_type_size});
    for (const double share : {0.0, 0.5, 1.0}) {
        const double x = interval + share * interval_width;
        diagram.line({x, rows_top}, {x, bottom - 10}, {"grid", hairline});
        diagram.text({x, rows_top - 7}, fmt::format("{:.0f} %", 100 * share), {"muted", small_type_size});
    }
    for (std::size_t i = 0; i < robustness.claims.size(); ++i) {
        const ClaimAcrossSeeds& claim = robustness.claims[i];
        const double y = row_of(i);
        const bool apart = claim.verdicts.size() <= most_seeds_apart;
        if (!apart)
            draw_shares(diagram, claim, {rows_left, y - row_height / 2 + 1, cells_width, row_height - 2});
        for (std::size_t s = 0; s < claim.verdicts.size(); ++s) {
            if (apart)
                draw_verdict(diagram, claim.verdicts[s],
                             {rows_left + cell * static_cast<double>(s), y - row_height / 2 + 1, cell - gap,
                              row_height - 2});
            csv.row(claim.id, robustness.seeds[s], claim.verdicts[s], claim.passed, claim.judged,
                    claim.interval.low, claim.interval.high);
        }
        if (claim.judged == 0) continue;
        const auto at = [&](double share) { return interval + share * interval_width; };
        diagram.line({at(claim.interval.low), y}, {at(claim.interval.high), y}, {"muted", curve_line});
        const double share = static_cast<double>(claim.passed) / claim.judged;
        diagram.dot({at(share), y}, 2.6, colour(claim.expected == "pass" ? "blue" : "red"));
        diagram.text({share_at, y}, fmt::format("{}/{}", claim.passed, claim.judged),
                     {"ink", small_type_size, Align::right});
    }
    draw_verdict_legend(diagram, bottom + 4);
    return std::move(diagram).finish(csv.text());
}

} // namespace grokreport::figures
