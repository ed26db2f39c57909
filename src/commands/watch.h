// For those who work on the text: renders after every change and shows it in an open browser.
#pragma once

#include "cli/options.h"

namespace grokreport {

// report/index.html as `render` writes it, after every change of a template or of the results, until the
// process is ended; the page shows itself anew in a browser that is open on 127.0.0.1. What is wrong with a
// template is told there and on stderr, and leaves the last good page in place. Throws Error where there are
// no results yet.
[[noreturn]] void watch_report(const Options& options);

} // namespace grokreport
