#include "bounds/bounds.h"

namespace grokreport {

BoundTable decoder_bounds(const Config&) {
    return {};
}

} // namespace grokreport
