// The names that templates use for a claim: one element of "claims" in claims.json, formatted for a reader.
#pragma once

#include "render/context.h"

#include <cstddef>
#include <string>

namespace grokreport::render {

// truths  pass, fail, inconclusive, not_run (exactly one holds), not_recurring (an observation that fails),
//         ran, headline, as_expected, has_reason, has_control, control_fails, has_details
// texts   id, statement, metric, value, relation, bound, unit, limit (relation, bound and unit), margin,
//         reason, control (its description), control_value, source, verdict ("pass", "not in this run"),
//         symbol, state (told_verdict() as a CSS class), expected
// names   deciding: the first check that misses its bound, or the first of all, with control_value
// lists   checks {metric, value, relation, bound, unit, limit, margin, reason, has_reason, holds},
//         details {name, value}
// Throws Error where the JSON lacks a field of the schema.
Json describe_claim(const Json& claim);

// The index of the first check of the claim that misses its bound; 0 where none does, and of a claim that was
// not run.
std::size_t deciding_check(const Json& claim);

// The word for told_verdict() on a page: "not in this run". Any other text stays as it is.
std::string verdict_word(const std::string& told);

// Adds `node` to `tree` at a dotted name: "grok.accuracy" becomes tree["grok"]["accuracy"]. Throws Error
// where the name is taken.
void add_at_name(Json& tree, const std::string& name, Json node);

} // namespace grokreport::render
