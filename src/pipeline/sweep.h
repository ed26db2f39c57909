// The seeds and settings of a sweep: each seed is analysed alone, then all of them are shown together.
#pragma once

#include "claims/across_seeds.h"
#include "claims/sweep_store.h"
#include "pipeline/study.h"
#include "pipeline/train_models.h"
#include "runs/results.h"
#include "sections/robustness/settings_grid.h"

#include <string>
#include <vector>

namespace grokreport {

// The outcome of each seed, in the order of sweep.seeds. Several seeds are analysed at once, and drawn where
// they get a page: the first, and those that sweep.keep names. A failure is the outcome of its seed and does
// not stop the others. The outcomes are written to the store, where there is one, as they come, and those
// that it has are taken from there, but not of the main seed, nor of a seed whose page is missing.
std::vector<SeedOutcome> analyse_seeds(const Sweep& sweep, const Place& place,
                                       const TrainingFailures& failures, SweepStore* store);

// Whether a seed other than the main one gets a page.
bool gets_page(const SeedOutcome& outcome, const Keep& keep);

// The sweep without the seeds whose outcomes are in the store and that get no page, or whose page is there:
// what is left to train.
Sweep without_answered(const Sweep& sweep, const Paths& paths, SweepStore& store);

// The sweep in parts of a few seeds, so that the runs of a part can be dropped before the next is trained;
// one part where no runs are dropped.
std::vector<Sweep> parts_of(const Sweep& sweep, int threads);

// Whether the page of a sweep can show the seed: it was judged, and its runs are there.
bool can_be_main(const SeedOutcome& outcome, const Study& study, const Paths& paths);

// The sweep with one of its seeds as the main one.
Sweep with_main_seed(Sweep sweep, std::uint64_t seed);

// The outcome of every run of the grid; empty where the grid has one cell.
std::vector<GridCell> read_grid(const Sweep& sweep, const Paths& paths, const TrainingFailures& failures);

// Adds what the seeds and the cells show together to the results of the main seed, with the figures.
// Templates name the same facts for one seed (an empty Robustness) and without a grid (no cells).
void add_sweep(const Sweep& sweep, const Robustness& robustness, const std::vector<GridCell>& cells,
               const Place& place, Results& results);

} // namespace grokreport
