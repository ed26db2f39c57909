#include "drawing/gnuplot.h"

#include "base/error.h"
#include "base/process.h"

#include <fmt/format.h>
#include <sstream>
#include <vector>

namespace grokreport::figures {

namespace {

constexpr const char* gnuplot_package = "gnuplot-nox";

// gnuplot's messages on one line, without the command that gnuplot repeats above a caret.
std::string gnuplot_messages(const std::string& errors) {
    std::istringstream lines(errors);
    std::vector<std::string> kept;
    for (std::string line; std::getline(lines, line);) {
        line.erase(0, line.find_first_not_of(" \t"));
        if (line.starts_with("^")) {
            if (!kept.empty()) kept.pop_back();
        } else if (!line.empty())
            kept.push_back(line);
    }
    return fmt::format("{}", fmt::join(kept, "; "));
}

} // namespace

// With --default-settings a gnuplotrc of the user does not change the figure. The script is named /dev/stdin,
// because gnuplot reads an input without a name with one system call a byte.
std::string run_gnuplot(const std::string& id, const std::string& script, std::chrono::seconds limit) {
    const ProcessResult result =
        run_process({"gnuplot", "--default-settings", "/dev/stdin"}, script, limit, gnuplot_package);
    if (!result.errors.empty())
        throw Error(fmt::format("figure {}: gnuplot says: {}", id, gnuplot_messages(result.errors)),
                    "correct the script of this figure in src/sections");
    if (result.exit_status != 0)
        throw Error(
            fmt::format("figure {}: gnuplot {} without a word", id, describe_exit(result.exit_status)),
            "try again, and draw with another version of gnuplot where it goes on");
    return result.output;
}

std::string gnuplot_version() {
    require_program("gnuplot", gnuplot_package);
    return run_checked({"gnuplot", "--version"}, "", still_time_limit);
}

} // namespace grokreport::figures
