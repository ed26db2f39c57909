// What the two figures of several seeds share: a row a claim, and how a verdict looks.
#pragma once

#include "claims/across_seeds.h"
#include "claims/claim.h"
#include "drawing/diagram.h"

#include <array>
#include <string>

namespace grokreport::figures {

inline constexpr double row_height = 13.5;
inline constexpr double names_end = 178; // the names of the claims end here, flush right
inline constexpr double rows_left = 190; // what is drawn begins here
inline constexpr double rows_top = 34;   // room for the names of the columns

struct VerdictStyle {
    const char* verdict;
    const char* fill;
    const char* border;
    const char* ink;
    const char* sign; // so that colour is not all there is; the many that pass need none
};
inline constexpr std::array verdict_styles{VerdictStyle{"pass", "green-tint", "green", "ink", ""},
                                           VerdictStyle{"fail", "red", "red", "page", "×"},
                                           VerdictStyle{not_recurring, "grey", "grey", "page", "o"},
                                           VerdictStyle{"inconclusive", "gold", "gold", "page", "?"},
                                           VerdictStyle{"not-run", "grey-tint", "grey", "muted", "–"}};

// The colour of a dot or column of that verdict.
inline const char* hue_of(const std::string& verdict) {
    return verdict == "pass"          ? "green"
           : verdict == "fail"        ? "red"
           : verdict == not_recurring ? "grey"
                                      : "gold";
}

// The middle of row i.
inline double row_of(std::size_t i) {
    return rows_top + row_height * (static_cast<double>(i) + 0.5);
}

inline void name_claims(Diagram& diagram, const Robustness& robustness) {
    for (std::size_t i = 0; i < robustness.claims.size(); ++i)
        diagram.text({names_end, row_of(i)}, robustness.claims[i].id, {"ink", small_type_size, Align::right});
}

} // namespace grokreport::figures
