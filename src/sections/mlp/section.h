// Section 8 of the post, the hidden layer of the MLP: it is no affine map, and the circles survive it.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

SectionOutput mlp_section(const Models& models);

} // namespace grokreport
