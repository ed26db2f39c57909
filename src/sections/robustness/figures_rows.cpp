#include "sections/robustness/figures_rows.h"

#include <algorithm>

namespace grokreport::figures {

const char* hue_of(const std::string& verdict) {
    return verdict == "pass"          ? "green"
           : verdict == "fail"        ? "red"
           : verdict == not_recurring ? "grey"
                                      : "gold";
}

double row_of(std::size_t i) {
    return rows_top + row_height * (static_cast<double>(i) + 0.5);
}

void name_claims(Diagram& diagram, const Robustness& robustness) {
    for (std::size_t i = 0; i < robustness.claims.size(); ++i)
        diagram.text({names_end, row_of(i)}, robustness.claims[i].id, {"ink", small_type_size, Align::right});
}

void draw_verdict(Diagram& diagram, const std::string& verdict, Box place) {
    const auto* const found = std::ranges::find(verdict_styles, verdict, &VerdictStyle::verdict);
    const VerdictStyle& style = found == verdict_styles.end() ? verdict_styles.back() : *found;
    diagram.box(place, style.fill, place.width > 6 ? style.border : style.fill);
    if (place.width >= 9 && *style.sign != '\0')
        diagram.text({place.left + place.width / 2, place.top + place.height / 2}, style.sign,
                     {style.ink, small_type_size});
}

void draw_verdict_legend(Diagram& diagram, double y) {
    double x = rows_left;
    for (const VerdictStyle& style : verdict_styles) {
        diagram.box({x, y - 5, 10, 10}, style.fill, style.border);
        if (*style.sign != '\0') diagram.text({x + 5, y}, style.sign, {style.ink, small_type_size});
        diagram.text({x + 15, y}, style.verdict, {"muted", small_type_size, Align::left});
        x += 82;
    }
}

} // namespace grokreport::figures
