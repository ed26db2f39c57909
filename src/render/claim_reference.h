// What the reference of many seeds says at a badge, on the first screen of the page and in its appendix.
#pragma once

#include "claims/reference.h"
#include "render/context.h"

#include <filesystem>
#include <string>

namespace grokreport::render {

// The two tables that a page compares its run with; both are empty where there are none.
struct ComparedWith {
    ReferenceTable reference{};
    Calibrations calibrations{};
};
// document: claims.json. table: docs/reference/claims.csv; calibration.csv lies beside it.
ComparedWith read_compared_with(const Json& document, const std::filesystem::path& table);

// Adds to the card of a claim (described of `claim` of claims.json):
// truths  has_reference, has_calibration
// texts   reference ("holds on 97 of 100 reference seeds"), reference_interval, reference_place (where the
//         deciding check of this run lies among the seeds), calibration
// HTML    strip: the values of all seeds, the bound, and this run
void add_reference(const Json& claim, const ComparedWith& with, Json& card);

// For the page and its chapters: {"shown", "n_seeds", "seeds", "has_unusual", "unusual": [{id, state, symbol,
// verdict, text}], "n_checks", "chance": the number of checks that lie outside all seeds by chance alone,
// "claims": [{id, statement, kind, passed, judged, low, high, state, symbol, verdict}]}.
Json reference_context(const Json& document, const ComparedWith& with);

// A strip of 240 by 26: one line a seed, the bound dashed, this run a triangle. Logarithmic where all numbers
// are positive and span more than two orders of magnitude.
std::string strip_svg(const std::vector<double>& values, double bound, double here);

} // namespace grokreport::render
