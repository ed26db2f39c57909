// The commands and their options. Only this file, its .cpp and command_line.cpp use Boost.ProgramOptions.
#pragma once

#include "cli/given_options.h"

#include <boost/program_options.hpp>
#include <string>
#include <string_view>

namespace grokreport {

struct Command {
    Action action;
    const char* name;
    const char* summary;
};

// Throws UsageError where there is no such command.
const Command& find_command(std::string_view name);

// The text of `grokreport --help`.
std::string overview();

// All options of a command. What Boost reads goes into `given`, whose values are the defaults.
boost::program_options::options_description options_of(Action action, GivenOptions& given);

} // namespace grokreport
