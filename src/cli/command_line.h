// The command line as a request.
#pragma once

#include "cli/requests.h"

namespace grokreport {

struct CommandLine {
    Request request;
    bool strict = false; // --strict: a claim that is not as expected changes the exit status
};

// argv[0] is the name of the program. Throws UsageError: an unknown command or option, a value that is no
// number, and what request_of refuses.
CommandLine parse_command_line(int argc, const char* const* argv);

} // namespace grokreport
