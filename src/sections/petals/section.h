// Sections 6.1 and 6.2 of the post: what periodic attention does to circles.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

SectionOutput petals_section(const Models& models);

} // namespace grokreport
