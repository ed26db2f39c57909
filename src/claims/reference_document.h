// What the reference says in words: docs/robustness.md, and the paragraph of the README.
#pragma once

#include "claims/check_rows.h"
#include "claims/claim.h"

#include <string>
#include <vector>

namespace grokreport {

// The verdict that the rows of one claim in one seed would have with every bound moved by `share` of its
// size: above 0 outward, so that the claim passes more easily, below 0 inward. A bound of 0, and one that is
// to be met exactly, stays. rows: all checks of the claim, in their order; at least one.
Verdict verdict_with_moved_bounds(const std::vector<CheckRow>& rows, double share);

// Every claim with its share of seeds, its values, and how many seeds change sides where the bounds move by
// 10 %. table: of the definitions that count; rows of others are left out.
std::string reference_document(const std::vector<CheckRow>& rows, const BoundTable& table);

// Three sentences: laws, observations, our explanation.
std::string reference_paragraph(const std::vector<CheckRow>& rows, const BoundTable& table);

// `text` with `paragraph` between the two marker lines. Throws Error where they are missing.
inline constexpr const char* paragraph_begins = "<!-- of the reference: written by `make reference` -->\n";
inline constexpr const char* paragraph_ends = "<!-- end of the reference -->\n";
std::string with_paragraph(const std::string& text, const std::string& paragraph);

} // namespace grokreport
