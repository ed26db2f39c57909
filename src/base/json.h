// JSON whose members keep the order in which they were written, so that the same results give the same bytes.
#pragma once

#include <nlohmann/json.hpp>

namespace grokreport {

using Json = nlohmann::ordered_json;

} // namespace grokreport
