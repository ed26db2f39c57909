// JSON whose members keep their order of insertion, so that the same results give the same bytes.
#pragma once

#include <nlohmann/json.hpp>

namespace grokreport {

using Json = nlohmann::ordered_json;

} // namespace grokreport
