// The command line, and nothing else that knows Boost.ProgramOptions.
#pragma once

#include "options.h"

namespace grokreport {

// Throws UsageError: an unknown command or option, a value that is no number, a config that no run can have.
Options parse_options(int argc, const char* const* argv);

} // namespace grokreport
