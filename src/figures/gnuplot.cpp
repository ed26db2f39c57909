#include "figures/gnuplot.h"

#include "base/error.h"
#include "base/process.h"

#include <fmt/format.h>
#include <sstream>

namespace grokreport::figures {

namespace {

constexpr const char* package = "gnuplot-nox";

// gnuplot's complaints without the echo of the command and the caret under it, on one line.
std::string complaints(const std::string& errors) {
    std::istringstream lines(errors);
    std::string out;
    for (std::string line; std::getline(lines, line);) {
        line.erase(0, line.find_first_not_of(" \t"));
        if (line.empty() || line.starts_with("gnuplot>") || line.starts_with("^")) continue;
        out += (out.empty() ? "" : "; ") + line;
    }
    return out;
}

} // namespace

// --default-settings: a gnuplotrc of the user must not change a figure. The script's name is that of the
// input: what gnuplot reads without a name it reads with a system call for every byte.
std::string run_gnuplot(const std::string& id, const std::string& script, std::chrono::seconds limit) {
    const ProcessResult result =
        run_process({"gnuplot", "--default-settings", "/dev/stdin"}, script, limit, package);
    if (!result.errors.empty())
        throw Error(fmt::format("figure {}: gnuplot says: {}", id, complaints(result.errors)),
                    "correct the script of this figure in src/figures");
    if (result.exit_status != 0)
        throw Error(fmt::format("figure {}: gnuplot {} without a word", id, ending(result.exit_status)),
                    "try again, and draw with another version of gnuplot where it goes on");
    return result.output;
}

std::string gnuplot_version() {
    require_program("gnuplot", package);
    return run_checked({"gnuplot", "--version"}, "", still_time_limit);
}

} // namespace grokreport::figures
