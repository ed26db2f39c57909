// `grokreport render`: the page again, from stored results.
#pragma once

#include "model/config.h"
#include "runs/paths.h"

namespace grokreport {

struct RenderRequest {
    Config config{}; // of the main model of the report
    Paths paths{};
};

// Writes report/index.html from the results of the last report, without training or analysis. Throws Error
// where there are none.
void render_stored(const RenderRequest& request);

} // namespace grokreport
