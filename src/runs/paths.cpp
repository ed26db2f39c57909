#include "runs/paths.h"

#include <fmt/format.h>

namespace grokreport {

std::string snapshot_file(int epoch) {
    return fmt::format("epoch-{:05}.pt", epoch);
}

} // namespace grokreport
