// Lists as templates read them (render/context.h): the items, and a prototype with their names, for a list
// without items.
#pragma once

#include "base/json.h"

#include <utility>

namespace grokreport {

inline constexpr const char* prototype_key = "prototype";
inline constexpr const char* items_key = "items";

inline Json list_of(Json prototype, Json items) {
    return {{prototype_key, std::move(prototype)}, {items_key, std::move(items)}};
}

} // namespace grokreport
