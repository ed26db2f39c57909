// The sections of the post on a model that was trained elsewhere: what a single checkpoint allows.
#pragma once

#include "sections/imported/findings.h"
#include "sections/imported/model.h"
#include "sections/sections.h"

namespace grokreport {

// How it does on its pairs, and what else its text tells.
ImportedResults analyse_imported(const ImportedModel& model);

// Measures every claim, or says why not; draws the figures of templates/imported; tells "model.*" alone.
Findings find_imported(const ImportedModel& model, const ImportOptions& options,
                       const ImportedResults& results);

} // namespace grokreport
