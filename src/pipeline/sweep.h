// What a report of several seeds or settings does beside its main seed: the other seeds one by one, and what
// all say together.
#pragma once

#include "claims/across_seeds.h"
#include "cli/options.h"
#include "runs/results.h"
#include "sections/robustness/settings_grid.h"
#include "pipeline/train_models.h"

#include <span>
#include <vector>

namespace grokreport {

// What became of each of options.seeds, in their order, several analysed and drawn at once; what fails is
// told beside the others, which go on. Their results are kept (cached_results.h).
std::vector<SeedOutcome> analyse_seeds(const Options& options, const TrainingFailures& failures);

// The same report with the first seed that did not fail as its main one. Throws Error where all did.
Options with_a_main_seed(const Options& options, std::span<const SeedOutcome> outcomes);

// Every run of the grid that is there, and why others are not; empty without a grid.
std::vector<GridCell> read_grid(const Options& options, const TrainingFailures& failures);

// Adds what the seeds say together to the results of the main one, with its figures.
void add_comparison(const Options& options, const Robustness& robustness, Results& results);

// Adds how grokking depends on the settings, where there are several cells.
void add_grid(const Options& options, const Robustness& robustness, const std::vector<GridCell>& cells,
              Results& results);

} // namespace grokreport
