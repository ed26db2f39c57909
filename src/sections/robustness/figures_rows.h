// What the figures of several seeds or snapshots share: a row a claim, and how a verdict looks.
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
const char* hue_of(const std::string& verdict);

// The middle of row i.
double row_of(std::size_t i);

void name_claims(Diagram& diagram, const Robustness& robustness);

// One cell of a matrix. A narrow cell has no sign, a very narrow one no border either.
void draw_verdict(Diagram& diagram, const std::string& verdict, Box place);

// How each verdict looks, in one line at this height.
void draw_verdict_legend(Diagram& diagram, double y);

} // namespace grokreport::figures
