// What templates/appendix-beyond-the-post.md may name: "beyond.*".
#pragma once

#include "sections/beyond/results.h"

#include <nlohmann/json.hpp>

namespace grokreport {

nlohmann::ordered_json beyond_facts(const BeyondResults& results);

} // namespace grokreport
