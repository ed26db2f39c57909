// `grokreport watch`: shows every change of the templates in an open browser.
#pragma once

#include "commands/render.h"

namespace grokreport {

struct WatchRequest {
    RenderRequest report{};
    int port = 8113; // of 127.0.0.1
};

// Renders report/index.html after every change of a template or of the results, until the process is ended.
// The page on 127.0.0.1 reloads itself. A mistake in a template is shown there and on stderr, and leaves the
// last good page. Throws Error where there are no results.
[[noreturn]] void watch_report(const WatchRequest& request);

} // namespace grokreport
