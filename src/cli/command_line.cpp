#include "cli/command_line.h"

#include "base/error.h"
#include "base/version.h"
#include "cli/command_options.h"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace grokreport {

namespace po = boost::program_options;

namespace {

// Boost would read "-3" as an unsigned seed and wrap it around.
void refuse_negative_seed(const std::vector<std::string>& arguments) {
    for (const std::string option : {"--seed", "--split-seed"})
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            const bool is_joined = arguments[i].starts_with(option + "=-");
            const bool is_apart =
                arguments[i] == option && i + 1 < arguments.size() && arguments[i + 1].starts_with("-");
            if (is_joined || is_apart)
                throw UsageError(option + ": not a number of 0 or more", "give one such as 7");
        }
}

// Boost replaces such names in its error messages by the words of the user, without end where these words
// hold the names again.
void refuse_placeholders(const std::vector<std::string>& arguments) {
    for (const std::string& argument : arguments)
        for (const char* name :
             {"%value%", "%option%", "%canonical_option%", "%prefix%", "%invalid_line%", "%original_token%"})
            if (argument.find(name) != std::string::npos)
                throw UsageError(fmt::format("{}: no option and no value", argument),
                                 fmt::format("leave {} out", name));
}

std::string help_of(const Command& command, const po::options_description& described) {
    std::ostringstream text;
    text << "usage: grokreport " << command.name << " [options]\n\n" << command.summary << ".\n" << described;
    return text.str();
}

// Reads the arguments into what `described` points to, unless --help is among them.
po::variables_map read_values(const std::vector<std::string>& arguments, const Command& command,
                              const po::options_description& described) {
    po::positional_options_description positional;
    if (command.action == Action::compare) positional.add("runs", 2);
    po::variables_map values;
    po::store(po::command_line_parser(arguments)
                  .options(described)
                  .positional(positional)
                  .style(po::command_line_style::default_style & ~po::command_line_style::allow_guessing)
                  .run(),
              values);
    if (!values.contains("help")) po::notify(values);
    return values;
}

CommandLine parse_command(const Command& command, const std::vector<std::string>& arguments) {
    GivenOptions given;
    given.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const po::options_description described = options_of(command.action, given);
    try {
        refuse_negative_seed(arguments);
        refuse_placeholders(arguments);
        for (const auto& [name, value] : read_values(arguments, command, described))
            if (!value.defaulted()) given.named.insert(name);
    } catch (const po::error& wrong) {
        throw UsageError(wrong.what(), fmt::format("`grokreport {} --help` lists the options", command.name));
    }
    if (given.has("help")) return {ShowText{help_of(command, described)}};
    return {request_of(command.action, given), given.strict};
}

} // namespace

CommandLine parse_command_line(int argc, const char* const* argv) {
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    if (arguments.empty()) throw UsageError("no command was given", "`grokreport --help` lists the commands");
    const std::string& first = arguments[0];
    if (first == "--help" || first == "-h" || first == "help") return {ShowText{overview()}};
    if (first == "--version")
        return {
            ShowText{fmt::format("grokreport {} at commit {}, engine {}\n", version(), commit(), engine())}};
    return parse_command(find_command(first), {arguments.begin() + 1, arguments.end()});
}

} // namespace grokreport
