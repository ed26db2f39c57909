// `grokreport bench`: what the factored training costs against the textbook pass and against the floor of its
// matrix products, all measured in one run.
#pragma once

#include "cli/options.h"

namespace grokreport::bench {

void run_benchmark(const Options& options);

} // namespace grokreport::bench
