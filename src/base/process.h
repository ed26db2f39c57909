// Runs another program (gnuplot, ffmpeg, node) without a shell and with a time limit, and keeps what it
// prints.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport {

struct ProcessResult {
    int exit_status = 0; // 128 + signal where a signal ended the program
    std::string output;  // stdout
    std::string errors;  // stderr
};

// Runs argv[0], looked up in PATH, with `input` as its stdin. Throws Error where the program is missing
// (naming the Debian package where `package` is given), where it cannot be started, and where it runs longer
// than `limit`; it is killed then.
ProcessResult run_process(const std::vector<std::string>& argv, std::string_view input,
                          std::chrono::seconds limit, const std::string& package = "");

// The same, and returns stdout. An exit status other than 0 throws Error with the last lines of stderr.
std::string run_checked(const std::vector<std::string>& argv, std::string_view input,
                        std::chrono::seconds limit, const std::string& package = "");

// "failed with exit status 1", or "was ended by signal 11 (Segmentation fault)".
std::string describe_exit(int exit_status);

// The last four lines of stderr that are not blank, on one line.
std::string error_summary(const std::string& errors);

// Throws Error where `program` is not in PATH. The error names the package to install.
void require_program(const std::string& program, const std::string& package);

} // namespace grokreport
