// The commands and their options, as Boost.ProgramOptions describes them. What they may hold is checked in
// command_line.cpp; no other file knows Boost.ProgramOptions.
#pragma once

#include "cli/options.h"

#include <boost/program_options.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

struct Command {
    Action action;
    const char* name;
    const char* summary;
};

// Throws UsageError where there is no such command.
const Command& find_command(std::string_view name);

// What `grokreport --help` says.
std::string overview();

// Values of one setting, "113" or "59,113": the first is that of the main model.
template <typename Value>
struct ValueList {
    std::vector<Value> values;
};

// The settings that may be given as lists, and the seeds.
struct Lists {
    ValueList<int> p;
    ValueList<double> train_fraction, learning_rate, weight_decay;
    std::string seeds;

    explicit Lists(const Config& usual)
        : p{{usual.p}},
          train_fraction{{usual.train_fraction}},
          learning_rate{{usual.learning_rate}},
          weight_decay{{usual.weight_decay}} {}
};

// Where Boost puts what was given, before it is checked.
struct GivenOptions {
    Options options;
    Lists lists{options.config};
    std::string output, templates;
    std::string layout, split, split_file; // analyze
    int p = 0;
    std::uint64_t split_seed = 0;
};

// All options of a command. What is read from the command line goes into `given`.
boost::program_options::options_description options_of(const Command& command, GivenOptions& given);

} // namespace grokreport
