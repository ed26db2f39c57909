// `grokreport train`: only the trainings of a report.
#pragma once

#include "pipeline/train_models.h"

namespace grokreport {

// Returns whether no run failed.
bool train_only(const TrainRequest& request);

} // namespace grokreport
