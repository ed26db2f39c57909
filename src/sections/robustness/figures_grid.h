// How grokking depends on the settings that a grid varies.
#pragma once

#include "drawing/plot.h"
#include "sections/robustness/settings_grid.h"

#include <span>
#include <string>

namespace grokreport::figures {

// A panel a setting that varies: the epoch of grokking against its values, a point a run; runs that never
// grok stand above the line at the end of training. cells: at least one.
Drawing grokking_by_setting(const std::string& id, std::span<const GridCell> cells);

} // namespace grokreport::figures
