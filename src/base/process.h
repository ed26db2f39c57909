// Running another program (gnuplot, rsvg-convert, node, ffmpeg) without a shell, with a time limit and with
// its own words kept. The only place that knows how programs are started.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

struct ProcessResult {
    int exit_status = 0; // 128 + signal where the program was ended by a signal
    std::string output;  // stdout
    std::string errors;  // stderr
};

// Runs argv[0] (looked up in PATH) and feeds it `input`. Throws Error when the program is missing (naming
// the Debian package when `package` is given) or runs past `limit`, in which case it is killed.
ProcessResult run_process(const std::vector<std::string>& argv, std::string_view input,
                          std::chrono::seconds limit, const std::string& package = "");

// The same, but an exit status other than 0 throws Error with the last lines the program wrote to stderr.
// Returns its stdout.
std::string run_checked(const std::vector<std::string>& argv, std::string_view input,
                        std::chrono::seconds limit, const std::string& package = "");

// How a program ended, as the verb of a sentence: "failed with exit status 1", "was ended by signal 11
// (Segmentation fault)".
std::string ending(int exit_status);

// The last lines of a program's complaint, on one line.
std::string last_words(const std::string& errors);

// Throws Error, naming the package to install, where `program` is not in PATH.
void require_program(const std::string& program, const std::string& package);

} // namespace grokreport
