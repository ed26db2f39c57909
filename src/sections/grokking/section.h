// Section 4 of the post: the model groks.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

// Throws Error where the weights that the run keeps of its memorised epoch are damaged.
SectionOutput grokking_section(const Runs& runs, const Models& models);

} // namespace grokreport
