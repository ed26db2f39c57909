// What the templates may name of the run: "run.*".
#pragma once

#include "model/config.h"
#include "model/dataset.h"

#include <nlohmann/json.hpp>

namespace grokreport {

// `example` is the sum that section 2 shows.
nlohmann::ordered_json run_facts(const Config& config, const Split& split, Pair example);

} // namespace grokreport
