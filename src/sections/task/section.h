// Sections 2 and 3 of the post, the task and the model. They make no claims.
#pragma once

#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

SectionOutput task_section(const Models& models);

} // namespace grokreport
