// The paper's kind of model beside ours, in sections 5 and 6.
#pragma once

#include "sections/models.h"
#include "sections/paper/model.h"
#include "sections/section.h"

namespace grokreport {

// Measures nothing for claims; its facts are {"paper": {...}}. Its drawings, none where the model is not
// there, are of another training than all others and have a provenance of their own.
SectionOutput paper_section(const PaperModel& paper, const Models& ours);

} // namespace grokreport
