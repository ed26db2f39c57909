// `grokreport compare`: two stored runs, told as text, JSON and a page.
#pragma once

#include "cli/options.h"

namespace grokreport {

// Compares the two runs that options.compared names, prints what flipped and moved, and writes
// report/compare.json and report/compare.html with the figures that both have side by side. Throws Error
// where one of them is not there or is damaged.
void compare_runs(const Options& options);

} // namespace grokreport
