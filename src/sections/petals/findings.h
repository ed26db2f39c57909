// What sections 6.1 and 6.2 found: from analysis results to measurements for the claims and facts for the
// text.
#pragma once

#include "sections/petals/analysis.h"
#include "claims/claim.h"

#include <optional>
#include <vector>

namespace grokreport {

// `why_not`: why the claims cannot be judged on this run; empty where they can.
std::vector<Measurement> petals_measurements(const std::optional<Petals>& judged, const std::string& why_not);

// "petals.*" of the templates, for the model that the figures show.
nlohmann::ordered_json petals_facts(const Petals& shown, int p);

} // namespace grokreport
