#include "figures/robustness.h"

#include "base/numbers.h"
#include "figures/csv.h"
#include "figures/diagram.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace grokreport::figures {

namespace {

constexpr double row_height = 13.5;
constexpr double names_end = 178;   // the names of the claims end here, flush right
constexpr double content = 190;     // what is drawn begins here
constexpr double cells_width = 290; // of all seeds together, at most
constexpr double top = 34;          // room for the names of the columns

struct VerdictStyle {
    const char* verdict;
    const char* fill;
    const char* border;
    const char* ink;
    const char* sign; // so that colour is not all there is; the many that pass need none
};
constexpr std::array verdict_styles{VerdictStyle{"pass", "green-tint", "green", "ink", ""},
                                    VerdictStyle{"fail", "red", "red", "page", "×"},
                                    VerdictStyle{"inconclusive", "gold", "gold", "page", "?"},
                                    VerdictStyle{"not-run", "grey-tint", "grey", "muted", "–"}};

const VerdictStyle& style_of(const std::string& verdict) {
    for (const VerdictStyle& style : verdict_styles)
        if (verdict == style.verdict) return style;
    return verdict_styles.back();
}

double row_of(std::size_t i) {
    return top + row_height * (static_cast<double>(i) + 0.5);
}

void name_claims(Diagram& diagram, const Robustness& robustness) {
    for (std::size_t i = 0; i < robustness.claims.size(); ++i)
        diagram.text({names_end, row_of(i)}, robustness.claims[i].id, {"ink", small_type_size, Align::right});
}

void legend(Diagram& diagram, double y) {
    double x = content;
    for (const VerdictStyle& style : verdict_styles) {
        diagram.box({x, y - 5, 10, 10}, style.fill, style.border);
        if (*style.sign != '\0') diagram.text({x + 5, y}, style.sign, {style.ink, small_type_size});
        diagram.text({x + 15, y}, style.verdict, {"muted", small_type_size, Align::left});
        x += 82;
    }
}

// One cell, in a matrix whose cells may be too narrow for a sign.
void draw_cell(Diagram& diagram, const std::string& verdict, Box place) {
    const VerdictStyle& style = style_of(verdict);
    diagram.box(place, style.fill, place.width > 6 ? style.border : style.fill);
    if (place.width >= 9 && *style.sign != '\0')
        diagram.text({place.left + place.width / 2, place.top + place.height / 2}, style.sign,
                     {style.ink, small_type_size});
}

} // namespace

Drawing robustness_matrix(const std::string& id, const Robustness& robustness) {
    const auto n_seeds = static_cast<double>(robustness.seeds.size());
    const double cell = std::min(15.0, cells_width / n_seeds), gap = cell > 6 ? 2 : 0;
    const double interval = content + cell * n_seeds + 26, share_at = double_column_width - 8;
    const double interval_width = share_at - 56 - interval;
    const double bottom = row_of(robustness.claims.size()) + 4;
    Diagram diagram(id, {double_column_width, bottom + 16});
    Csv csv({"claim", "seed", "verdict", "passed", "judged", "wilson_low", "wilson_high"});
    name_claims(diagram, robustness);

    const bool names_fit = robustness.seeds.size() <= 24 && std::ranges::max(robustness.seeds) < 1000;
    for (std::size_t s = 0; names_fit && s < robustness.seeds.size(); ++s)
        diagram.text({content + cell * (static_cast<double>(s) + 0.5) - gap / 2, top - 7},
                     std::to_string(robustness.seeds[s]), {"muted", small_type_size});
    diagram.text({content, top - 22}, names_fit ? "seed" : fmt::format("{} seeds", robustness.seeds.size()),
                 {"muted", small_type_size, Align::left});
    diagram.text({interval + interval_width / 2, top - 22}, "share that passes, 95 % interval",
                 {"muted", small_type_size});
    for (const double share : {0.0, 0.5, 1.0}) {
        const double x = interval + share * interval_width;
        diagram.line({x, top}, {x, bottom - 10}, {"grid", hairline});
        diagram.text({x, top - 7}, fmt::format("{:.0f} %", 100 * share), {"muted", small_type_size});
    }
    for (std::size_t i = 0; i < robustness.claims.size(); ++i) {
        const ClaimAcrossSeeds& claim = robustness.claims[i];
        const double y = row_of(i);
        for (std::size_t s = 0; s < claim.verdicts.size(); ++s) {
            draw_cell(diagram, claim.verdicts[s],
                      {content + cell * static_cast<double>(s), y - row_height / 2 + 1, cell - gap,
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
    legend(diagram, bottom + 4);
    return std::move(diagram).finish(csv.text());
}

Drawing robustness_values(const std::string& id, const Robustness& robustness) {
    constexpr double strip = 326, label = 68;
    const double begin = content + label, bottom = row_of(robustness.claims.size());
    Diagram diagram(id, {double_column_width, bottom + 12});
    Csv csv({"claim", "metric", "relation", "bound", "seed", "value", "verdict"});
    name_claims(diagram, robustness);
    diagram.text({begin + strip / 2, top - 18},
                 "values of all seeds; the mark is the bound, the side that passes is shaded",
                 {"muted", small_type_size});
    for (std::size_t i = 0; i < robustness.claims.size(); ++i) {
        const ClaimAcrossSeeds& claim = robustness.claims[i];
        const CheckAcrossSeeds& check = claim.shown();
        const double y = row_of(i);
        // The scale of the row: from the least to the largest of the values and the bound
        double low = check.bound, high = check.bound;
        for (const double value : check.values)
            if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
        const double pad = high > low ? 0.06 * (high - low) : 1;
        const auto at = [&](double value) {
            return begin + strip * (value - low + pad) / (high - low + 2 * pad);
        };
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
        for (std::size_t s = 0; s < check.values.size(); ++s) {
            csv.row(claim.id, check.metric, check.relation, check.bound, robustness.seeds[s], check.values[s],
                    claim.verdicts[s]);
            if (!std::isfinite(check.values[s])) continue;
            const char* hue = claim.verdicts[s] == "pass"   ? "green"
                              : claim.verdicts[s] == "fail" ? "red"
                                                            : "gold";
            diagram.dot({at(check.values[s]), y}, 2.4, colour(hue));
        }
        diagram.text({begin - 6, y}, format_number(low, 2), {"muted", small_type_size, Align::right});
        diagram.text({begin + strip + 6, y}, format_number(high, 2), {"muted", small_type_size, Align::left});
    }
    return std::move(diagram).finish(csv.text());
}

} // namespace grokreport::figures
