#include "bounds/bounds.h"

namespace grokreport {

BoundTable attention_bounds(const Config&) {
    return {};
}

} // namespace grokreport
