// A JSON object as a list of names and values for a template.
#pragma once

#include "render/context.h"

namespace grokreport::render {

// A list of {name, value}. An entry of a nested object has the name "name.inner". An array is "1, 2, 3", a
// number is formatted with 4 digits, and null is "not finite".
Json named_values(const Json& object);

} // namespace grokreport::render
