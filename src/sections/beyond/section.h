// The appendix "Beyond the post": measures from the literature beside each other. It makes no claim.
#pragma once

#include "claims/claim.h"
#include "sections/models.h"
#include "sections/section.h"

#include <vector>

namespace grokreport {

// table and measurements: of the claims of all other sections, whose controls it weighs.
SectionOutput beyond_section(const Models& models, const BoundTable& table,
                             const std::vector<Measurement>& measurements);

} // namespace grokreport
