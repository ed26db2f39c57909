#include "base/numbers.h"
#include "drawing/csv.h"
#include "sections/robustness/figures.h"
#include "sections/robustness/figures_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace grokreport::figures {

namespace {

// The least and the largest of the values of a check and its bound, with some room.
struct Scale {
    double low, high;

    explicit Scale(const CheckAcrossSeeds& check) : low(check.bound), high(check.bound) {
        for (const double value : check.values)
            if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
    }
    // From 0 to 1.
    double share(double value) const {
        const double pad = high > low ? 0.06 * (high - low) : 1;
        return (value - low + pad) / (high - low + 2 * pad);
    }
};

// How many seeds have which value: columns that stand on `base`, the verdicts on top of each other.
void draw_histogram(Diagram& diagram, const ClaimAcrossSeeds& claim, const Scale& scale, double left,
                    double width, double base) {
    constexpr std::size_t n_columns = 80;
    constexpr double height = 10;
    std::array<std::array<int, verdict_styles.size()>, n_columns> counts{};
    int most = 0;
    for (std::size_t s = 0; s < claim.verdicts.size(); ++s) {
        const double value = claim.shown().values[s];
        if (!std::isfinite(value)) continue;
        auto& column =
            counts[std::min(n_columns - 1, static_cast<std::size_t>(n_columns * scale.share(value)))];
        for (std::size_t v = 0; v < verdict_styles.size(); ++v)
            column[v] += claim.verdicts[s] == verdict_styles[v].verdict ? 1 : 0;
        most = std::max(most, std::accumulate(column.begin(), column.end(), 0));
    }
    for (std::size_t i = 0; i < n_columns; ++i) {
        double foot = base;
        for (std::size_t v = 0; v < verdict_styles.size(); ++v) {
            if (counts[i][v] == 0) continue;
            const double part = height * counts[i][v] / most;
            diagram.box(
                {left + width * static_cast<double>(i) / n_columns, foot - part, width / n_columns, part},
                hue_of(verdict_styles[v].verdict), hue_of(verdict_styles[v].verdict));
            foot -= part;
        }
    }
}

} // namespace

Drawing robustness_values(const std::string& id, const Robustness& robustness) {
    constexpr double strip = 326, label = 68;
    const double begin = rows_left + label, bottom = row_of(robustness.claims.size());
    Diagram diagram(id, {double_column_width, bottom + 12});
    Csv csv({"claim", "metric", "relation", "bound", "seed", "value", "verdict"});
    name_claims(diagram, robustness);
    diagram.text({begin + strip / 2, rows_top - 18},
                 "values of all seeds; the mark is the bound, the side that passes is shaded",
                 {"muted", small_type_size});
    for (std::size_t i = 0; i < robustness.claims.size(); ++i) {
        const ClaimAcrossSeeds& claim = robustness.claims[i];
        const CheckAcrossSeeds& check = claim.shown();
        const double y = row_of(i);
        const Scale scale(check);
        const auto at = [&](double value) { return begin + strip * scale.share(value); };
        const bool above = check.relation.starts_with('>'), equal = check.relation == "=";
        const double left = equal   ? at(check.bound) - 2
                            : above ? at(check.bound)
                                    : begin,
                     right = equal   ? at(check.bound) + 2
                             : above ? begin + strip
                                     : at(check.bound);
        diagram.area({{left, y - 5}, {right, y - 5}, {right, y + 5}, {left, y + 5}}, "green-tint");
        diagram.line({begin, y}, {begin + strip, y}, {"grid", hairline});
        diagram.line({at(check.bound), y - 6}, {at(check.bound), y + 6}, {"ink", curve_line});
        const bool apart = check.values.size() <= most_seeds_apart;
        if (!apart) draw_histogram(diagram, claim, scale, begin, strip, y + 5);
        for (std::size_t s = 0; s < check.values.size(); ++s) {
            csv.row(claim.id, check.metric, check.relation, check.bound, robustness.seeds[s], check.values[s],
                    claim.verdicts[s]);
            if (apart && std::isfinite(check.values[s]))
                diagram.dot({at(check.values[s]), y}, 2.4, colour(hue_of(claim.verdicts[s])));
        }
        diagram.text({begin - 6, y}, format_number(scale.low, 2), {"muted", small_type_size, Align::right});
        diagram.text({begin + strip + 6, y}, format_number(scale.high, 2),
                     {"muted", small_type_size, Align::left});
    }
    return std::move(diagram).finish(csv.text());
}

} // namespace grokreport::figures
