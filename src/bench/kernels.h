// Which kernels the libraries of the benchmark run, and what in the environment changes that.
#pragma once

#include <string>
#include <vector>

namespace grokreport::bench {

// One line, such as "oneDNN 2.6.0 (AVX-512); OpenBLAS 0.3.21 (SkylakeX)".
std::string kernels();

// One sentence for each variable of the environment that is set and makes a library run other kernels, or
// another number of threads, than it would choose for this processor.
std::vector<std::string> environment_warnings();

} // namespace grokreport::bench
