// Section 9, ours: how the answer is read out.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

#include <optional>

namespace grokreport {

// memorised: the first weights that answer every training pair, and their epoch, where the run has them.
SectionOutput readout_section(const Models& models, const TrainedRun* run);

} // namespace grokreport
