// The command line: what was given, checked (command_options.h describes what may be).
#pragma once

#include "cli/options.h"

namespace grokreport {

// Throws UsageError: an unknown command or option, a value that is no number, a config that no run can have.
Options parse_options(int argc, const char* const* argv);

} // namespace grokreport
