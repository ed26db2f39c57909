// What templates/09-readout.md may name: "readout.*".
#pragma once

#include "sections/readout/analysis.h"
#include "sections/readout/snapshots.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace grokreport {

// About the weights that the figures show. has_key: results.frequencies are K, not what is shown in its
// place.
nlohmann::ordered_json readout_facts(const ReadoutResults& shown, bool has_key,
                                     const std::vector<ReadoutSnapshot>& snapshots);

} // namespace grokreport
