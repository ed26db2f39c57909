// Running gnuplot on a finished script.
#pragma once

#include <chrono>
#include <string>

namespace grokreport::figures {

// A still takes well under a second; a machine with more to do needs its time.
inline constexpr std::chrono::seconds still_time_limit{60};

// What gnuplot writes to stdout. Throws Error, with the figure's id and gnuplot's own words: gnuplot is
// missing, complains (a warning too, since a figure with a curve missing is no figure), crashes, or runs past
// `limit`.
std::string run_gnuplot(const std::string& id, const std::string& script, std::chrono::seconds limit);

// For stamps.
std::string gnuplot_version();

} // namespace grokreport::figures
