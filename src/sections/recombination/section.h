// Section 7 of the post: the heads' petals add up to circles again.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

SectionOutput recombination_section(const Models& models);

} // namespace grokreport
