// Numbers in the JSON that the program writes: one that is not finite is null, and null reads back as NaN.
#pragma once

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace grokreport {

inline nlohmann::ordered_json finite_or_null(double value) {
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

inline double number_or_nan(const nlohmann::ordered_json& json) {
    return json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

} // namespace grokreport
