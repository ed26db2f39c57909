// Section 6 of the post, first part: attention is periodic.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

SectionOutput attention_section(const Models& models);

} // namespace grokreport
