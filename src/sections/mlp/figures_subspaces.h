// Section 8 of the post: in which planes o writes its circles, seen from the planes of W_E.
#pragma once

#include "drawing/plot.h"
#include "sections/mlp/subspaces.h"

#include <string>

namespace grokreport::figures {

// A heat map of the smallest principal angle of every pair of planes, with its numbers; below it the same
// angles on one scale with the bound, the control and what random planes show. Precondition: at least one
// frequency.
Drawing dihedral_angles(const std::string& id, const PlaneAngles& planes);

} // namespace grokreport::figures
