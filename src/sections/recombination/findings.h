// What section 7 found: from analysis results to measurements for the claims and facts for the text.
#pragma once

#include "sections/recombination/analysis.h"
#include "claims/claim.h"

#include <optional>
#include <vector>

namespace grokreport {

// Of how many frequencies the sum over the heads is drawn, those with most energy first. A model that was not
// trained to its end may have dozens.
inline constexpr std::size_t most_drawn_sums = 6;

// `judged`: over the key frequencies K, which may be none. `why_not`: why the claims cannot be judged on this
// run; empty where they can.
std::vector<Measurement> recombination_measurements(const std::optional<RecombinationResults>& judged,
                                                    const std::string& why_not);

// "sum.*" of the templates, for the frequencies that the figures show, in their order.
nlohmann::ordered_json recombination_facts(const RecombinationResults& shown, bool are_key);

} // namespace grokreport
