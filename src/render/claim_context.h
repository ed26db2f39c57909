// What templates may name of a claim: one element of "claims" in claims.json, formatted for a reader.
#pragma once

#include "render/context.h"

#include <string>

namespace grokreport::render {

// Truths   pass, fail, inconclusive, not_run (just one holds), ran, headline, as_expected, has_reason,
// has_control,
//          control_fails, has_details
// Texts    id, statement, metric, value, relation, bound, unit, limit (the three together), margin, reason,
// control (what it is),
//          control_value, source, verdict ("pass", "not run"), symbol, state (the verdict as a CSS class),
//          expected
// Lists    checks {metric, value, relation, bound, unit, limit, margin, reason, has_reason, holds},
//          details {name, value}
// Throws Error when the JSON lacks a field of the schema.
Json describe_claim(const Json& claim);

// Adds `node` to `tree` at a dotted name: "grok.accuracy" becomes tree["grok"]["accuracy"]. Throws Error when
// the name is taken.
void add_at_name(Json& tree, const std::string& name, Json node);

} // namespace grokreport::render
