// The claims of the post about a model that was trained elsewhere: its table of bounds, and the measurements
// that the sections cannot make, as they ask for a training that was not seen.
#pragma once

#include "claims/claim.h"
#include "model/config.h"
#include "sections/imported/analysis.h"
#include "sections/imported/model.h"

#include <vector>

namespace grokreport {

// table_of_bounds in the words of such a model: nothing is known of its epochs, and where a control is our
// model before training, it is one of the same sizes with weights drawn afresh.
BoundTable table_of_imported_bounds(const Config& config);

// Of the claims of sections 3 and 4, and of all that need more than one checkpoint.
std::vector<Measurement> imported_measurements(const ImportedModel& model, const ImportedResults& results);

} // namespace grokreport
