// Section 8 of the post: two diagrams of what a bias can do before a ReLU. Neither shows data of the run.
#pragma once

#include "drawing/plot.h"

#include <string>

namespace grokreport::figures {

// How a column of W_up, its bias and the ReLU cut a plane with six features: a negative bias leaves one of
// them, a positive bias leaves all.
Drawing superposition_zones(const std::string& id);

// A circle in the plane of two neurons: about the origin the ReLU folds it, moved into the positive quadrant
// it does not.
Drawing mlp_shift(const std::string& id);

} // namespace grokreport::figures
