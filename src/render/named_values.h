// Any JSON object as a list of names and values that a template can show.
#pragma once

#include "render/context.h"

namespace grokreport::render {

// A list of {name, value}: nested objects by "name.inner", arrays of numbers or texts as "1, 2, 3", numbers
// formatted, null as "not finite".
Json named_values(const Json& object);

} // namespace grokreport::render
