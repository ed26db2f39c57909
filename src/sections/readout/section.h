// Section 9, which is ours and not the post's: how the answer is read out.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

#include <cstdint>

namespace grokreport {

SectionOutput readout_section(const Runs& runs, const Models& models);

// Of a model that was trained elsewhere: one set of weights, so nothing is said of when it appears.
SectionOutput imported_readout_section(const Models& models);

} // namespace grokreport
