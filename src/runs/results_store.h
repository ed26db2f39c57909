// The results of the last report of a seed.
#pragma once

#include "runs/paths.h"
#include "runs/results.h"

namespace grokreport {

// Throws Error where there are none for the seed of `config`, where they are damaged, and where they are of
// another config.
Results stored_results(const Config& config, const Paths& paths);

} // namespace grokreport
