// `grokreport compare`: two stored runs claim by claim, as text, JSON and a page.
#pragma once

#include "runs/paths.h"

#include <string>

namespace grokreport {

struct CompareRequest {
    std::string before{}, after{}; // each a seed, a claims.json, or a folder with report/claims.json
    Paths paths{};
};

// Prints which verdicts flipped and which values moved, and writes report/compare.json and
// report/compare.html with the figures of both runs side by side. Throws Error where a run is not there or is
// damaged.
void compare_runs(const CompareRequest& request);

} // namespace grokreport
