// Runs gnuplot on a finished script.
#pragma once

#include <chrono>
#include <string>

namespace grokreport::figures {

// A program needs less than a second for a still, and longer on a busy machine.
inline constexpr std::chrono::seconds still_time_limit{60};

// The output of gnuplot. Throws Error with the id of the figure and gnuplot's message where gnuplot is
// missing, writes to stderr, crashes or runs longer than `limit`. A warning is an error too, because gnuplot
// only warns where a curve is missing.
std::string run_gnuplot(const std::string& id, const std::string& script, std::chrono::seconds limit);

// For stamps.
std::string gnuplot_version();

} // namespace grokreport::figures
