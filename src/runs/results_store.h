// What the last report of a seed stored, refused where it was of another run.
#pragma once

#include "cli/options.h"
#include "runs/results.h"

namespace grokreport {

// The results of the run that the options describe, and of no other that had the same seed. Throws Error.
Results stored_results(const Options& options);

} // namespace grokreport
