#include "bounds/bounds.h"

namespace grokreport {

BoundTable recombination_bounds(const Config&) {
    return {};
}

} // namespace grokreport
