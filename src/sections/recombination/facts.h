// What templates/07-recombination.md may name: "sum.*".
#pragma once

#include "sections/recombination/analysis.h"

#include <cstddef>
#include <nlohmann/json.hpp>

namespace grokreport {

// Of how many frequencies the sum over the heads is drawn, those with most energy first. A model that was not
// trained to its end may have dozens.
inline constexpr std::size_t most_drawn_sums = 6;

// For the frequencies that the figures show, at least one, in their order. are_key: they are K.
nlohmann::ordered_json recombination_facts(const RecombinationResults& shown, bool are_key);

} // namespace grokreport
