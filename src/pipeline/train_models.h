// The trainings that a report needs: of each seed the model with ReLU, the one without, and its control; of
// each further cell of a grid the model with ReLU; on request, of the first seed, that of the paper's kind.
#pragma once

#include "cli/options.h"

#include <map>
#include <string>

namespace grokreport {

// By name of the run, why it could not be trained.
using TrainingFailures = std::map<std::string, std::string>;

// Trains what is missing, in the order of the seeds; goes on where it was cut off. Several seeds or cells are
// trained at once, after saying what is missing, how long it takes and how much disk. Where only one seed of
// one cell is asked for, a failure is thrown. With options.gather it trains nothing, and every run that is
// not finished is a failure.
TrainingFailures train_models(const Options& options);

} // namespace grokreport
