// The seeds and settings of a sweep: each seed is analysed alone, then all of them are shown together.
#pragma once

#include "claims/across_seeds.h"
#include "pipeline/study.h"
#include "pipeline/train_models.h"
#include "runs/results.h"
#include "sections/robustness/settings_grid.h"

#include <span>
#include <string>
#include <vector>

namespace grokreport {

// The outcome of each seed, in the order of sweep.seeds. Several seeds are analysed and drawn at once. A
// failure is the outcome of its seed and does not stop the others. The results are cached
// (runs/results_cache.h).
std::vector<SeedOutcome> analyse_seeds(const Sweep& sweep, const Place& place,
                                       const TrainingFailures& failures);

// The sweep with the first seed that did not fail as its main seed. Where all failed, throws Error, which
// ends with `mend`.
Sweep with_main_seed(Sweep sweep, std::span<const SeedOutcome> outcomes, const std::string& mend);

// The outcome of every run of the grid; empty where the grid has one cell.
std::vector<GridCell> read_grid(const Sweep& sweep, const Paths& paths, const TrainingFailures& failures);

// Adds what the seeds and the cells show together to the results of the main seed, with the figures.
// Templates name the same facts for one seed (an empty Robustness) and without a grid (no cells).
void add_sweep(const Sweep& sweep, const Robustness& robustness, const std::vector<GridCell>& cells,
               const Place& place, Results& results);

} // namespace grokreport
