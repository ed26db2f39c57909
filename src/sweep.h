// What a report of several seeds or settings does beside its main seed: the other seeds one by one, and what
// all say together.
#pragma once

#include "across_seeds.h"
#include "options.h"
#include "results.h"
#include "settings_grid.h"
#include "train_models.h"

#include <string>
#include <vector>

namespace grokreport {

// Why a seed has no models to analyse; empty where it has.
std::string why_no_model(const Options& options, const TrainingFailures& failures);

// The same report with the first seed that has models as its main one. Throws Error where none has.
Options with_a_main_seed(const Options& options, const TrainingFailures& failures);

// The outcomes of `seeds`, in their order, several analysed and drawn at once. The results of each are stored
// for its page; what fails is told beside the others, which go on.
std::vector<SeedOutcome> analyse_seeds(const Options& options, const std::vector<std::uint64_t>& seeds,
                                       const TrainingFailures& failures);

// Every run of the grid that is there, and why others are not; empty without a grid.
std::vector<GridCell> read_grid(const Options& options, const TrainingFailures& failures);

// Adds what the seeds say together to the results of the main one, with its figures.
void add_comparison(const Options& options, const Robustness& robustness, Results& results);

// Adds how grokking depends on the settings, where there are several cells.
void add_grid(const Options& options, const Robustness& robustness, const std::vector<GridCell>& cells,
              Results& results);

} // namespace grokreport
