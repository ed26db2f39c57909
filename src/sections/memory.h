// What the analyses of a model take of the memory.
#pragma once

#include "model/config.h"

namespace grokreport {

// Bytes for the analyses of one seed, of which `threads` run at once: of order p (d_mlp + p).
double analysis_memory(const Config& sizes, int threads);

} // namespace grokreport
