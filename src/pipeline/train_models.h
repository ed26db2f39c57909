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
    bool is_part = false;                         // of a larger sweep that was announced as a whole
    bool drops_runs = false; // of a seed when it is judged (kept_seeds.h), so that less disk is enough
};

// By name of a run, why it could not be trained.
using TrainingFailures = std::map<std::string, std::string>;

// Says on stderr how many runs are missing and what they and the analyses take. Throws Error where that does
// not fit this machine (needs.h).
void announce_training(const TrainRequest& request);

// Trains the runs that are not finished, in the order of the seeds, and resumes those that were interrupted.
// Several runs are trained at once. It announces them first, but for a part. For one seed and one cell it
// throws the first failure instead of returning it.
TrainingFailures train_models(const TrainRequest& request);

// Trains nothing. Every run of the sweep that is not finished is a failure.
TrainingFailures unfinished_models(const Sweep& sweep, const Paths& paths);

} // namespace grokreport
