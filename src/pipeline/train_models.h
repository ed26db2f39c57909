// The trainings of a report: for each seed the models of report_variants, for each further cell of a grid the
// model with ReLU, and on request, for the main seed, the model of the paper's kind.
#pragma once

#include "pipeline/study.h"

#include <chrono>
#include <map>
#include <string>

namespace grokreport {

struct TrainRequest {
    Sweep sweep{};
    Place place{};
    bool retrain = false;                         // train again what is there or damaged
    std::chrono::milliseconds save_every{20'000}; // a kill loses at most this much work
};

// By name of a run, why it could not be trained.
using TrainingFailures = std::map<std::string, std::string>;

// Trains the runs that are not finished, in the order of the seeds, and resumes those that were interrupted.
// Several runs are trained at once. For more than one seed or cell it first prints how many runs are missing
// and what they cost. For one seed and one cell it throws the first failure instead of returning it.
TrainingFailures train_models(const TrainRequest& request);

// Trains nothing. Every run of the sweep that is not finished is a failure.
TrainingFailures unfinished_models(const Sweep& sweep, const Paths& paths);

} // namespace grokreport
