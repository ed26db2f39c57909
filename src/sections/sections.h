// All sections together, in the order of the post: what they say of the trained models of one seed, and the
// table of bounds, every claim with what is measured, the bound and the reason for it, its control and what
// we expect, all fixed before any run.
#pragma once

#include "claims/claim.h"
#include "model/config.h"
#include "sections/models.h"
#include "sections/section.h"

namespace grokreport {

// The sections run side by side on `threads` threads; the output does not depend on their number. The
// appendix "Beyond the post" comes last, as it weighs the controls of all others.
SectionOutput analyse_sections(const Runs& runs, const Models& models, int threads);

// In the order of the report. The config is that of the main model: some bounds are stated in terms of p.
BoundTable table_of_bounds(const Config& config);

} // namespace grokreport
