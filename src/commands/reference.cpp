#include "commands/reference.h"

namespace grokreport {

bool write_reference(const ReferenceRequest& request) {
    return make_reference(request);
}

} // namespace grokreport
