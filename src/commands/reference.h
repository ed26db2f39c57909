// `grokreport reference`: the rows of many seeds that a report compares its own seed with.
#pragma once

#include "pipeline/reference.h"

namespace grokreport {

// Returns whether every seed has rows.
bool write_reference(const ReferenceRequest& request);

} // namespace grokreport
