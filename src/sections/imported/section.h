// The sections of the post on a model that was trained elsewhere: what a single checkpoint allows.
#pragma once

#include "sections/imported/analysis.h"
#include "sections/imported/model.h"
#include "sections/section.h"

namespace grokreport {

// Measures every claim, or says why not, and draws what its sections draw; its facts are "model.*" alone.
SectionOutput imported_section(const ImportedModel& model, const ImportRequest& request,
                               const ImportedResults& results);

} // namespace grokreport
