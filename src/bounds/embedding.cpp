#include "bounds/bounds.h"

namespace grokreport {

BoundTable embedding_bounds(const Config&) {
    return {};
}

} // namespace grokreport
