// The page while its text is being written.
#pragma once

#include "options.h"

namespace grokreport {

// render_report_again after every change of a template or of the results, until the process is ended; the page
// shows itself anew in a browser that is open on 127.0.0.1. What is wrong with a template is told there and on
// stderr, and leaves the last good page in place.
[[noreturn]] void watch_report(const Options& options);

} // namespace grokreport
