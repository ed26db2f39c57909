#include "bounds/bounds.h"

namespace grokreport {

BoundTable petals_bounds(const Config&) {
    return {};
}

} // namespace grokreport
