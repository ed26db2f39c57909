// What templates/appendix-robustness.md may name of several seeds side by side: "sweep.*".
#pragma once

#include "claims/across_seeds.h"

#include <cstdint>
#include <nlohmann/json.hpp>

namespace grokreport {

// main_seed: that of report/index.html; all others have a page of their own. A report of one seed passes an
// empty Robustness and gets the same names.
nlohmann::ordered_json robustness_facts(const Robustness& robustness, std::uint64_t main_seed);

} // namespace grokreport
