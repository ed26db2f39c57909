// The trainings that a report needs: of each seed the model with ReLU, the one without, and its control.
#pragma once

#include "options.h"

#include <cstdint>
#include <map>
#include <string>

namespace grokreport {

// Trains what is missing, in the order of the seeds; goes on where it was cut off. Several seeds are trained
// at once, after saying what is missing, how long it takes and how much disk. Returns why seeds failed, by
// seed; of a single seed the failure is thrown.
std::map<std::uint64_t, std::string> train_models(const Options& options);

} // namespace grokreport
