// What templates/appendix-settings.md may name of a grid over settings: "grid.*".
#pragma once

#include "sections/robustness/settings_grid.h"

#include <nlohmann/json.hpp>
#include <span>

namespace grokreport {

// A report without a grid passes one cell or none, and gets the same names.
nlohmann::ordered_json grid_facts(std::span<const GridCell> cells);

} // namespace grokreport
