// Section 8 of the post, the decoder: W_L reads the answer out of the hidden layer.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

SectionOutput decoder_section(const Models& models);

} // namespace grokreport
