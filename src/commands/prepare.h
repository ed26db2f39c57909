// `grokreport prepare`: the part of a report that belongs to each seed alone, for a sweep over several
// machines.
#pragma once

#include "pipeline/train_models.h"

namespace grokreport {

struct PrepareRequest {
    TrainRequest training{}; // its grid has one cell
    bool list = false;       // only print the seeds that are not ready
};

// Trains, analyses and draws each seed, and writes no page; a later write_report finds the results. With
// request.list it does nothing but print the seeds that are not ready, one a line. Returns whether no seed
// failed.
bool prepare_seeds(const PrepareRequest& request);

} // namespace grokreport
