// Numbers in JSON, which has no NaN and no infinity: they are written as null, and null is read as NaN.
#pragma once

#include "base/json.h"
#include "base/undefined.h"

#include <cmath>

namespace grokreport {

inline Json finite_or_null(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

inline double number_or_nan(const Json& json) {
    return json.is_number() ? json.get<double>() : undefined;
}

} // namespace grokreport
