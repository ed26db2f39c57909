// What the analyses and drawings of a seed gave, kept so that a second report of the same weights by the same
// program computes nothing again.
#pragma once

#include "cli/options.h"
#include "runs/results.h"

#include <optional>

namespace grokreport {

// SHA-256 over all that the results of options.config.seed come from: this program, what was asked of it, and
// every file of the trained runs. Not over the programs that draw: figures of an older gnuplot stay right.
// Throws Error where a run cannot be read.
std::string computed_from(const Options& options);

// The results kept for that hash; nothing where there are none, where they are damaged, or where a file of a
// figure is missing or not as it was drawn.
std::optional<Results> cached_results(const Options& options, const std::string& computed_from);

// Whether the seed is trained to its end and its results are kept.
bool is_prepared(const Options& options);

// Before the figures of the seed are drawn anew: what is kept belongs to the old ones.
void discard_cached_results(const Options& options);

// Keeps results.computed_from and all that belongs to it.
void cache_results(const Options& options, const Results& results);

} // namespace grokreport
