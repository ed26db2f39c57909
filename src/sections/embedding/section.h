// Section 5 of the post: the Fourier spectrum of W_E as training goes on, and the circles of W_E and W_L.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

SectionOutput embedding_section(const Models& models);

// The same of one checkpoint, whose epochs are not known: one spectrum of W_E, without its epoch.
SectionOutput imported_embedding_section(const Models& models);

} // namespace grokreport
