#include "sections/memory.h"

#include <algorithm>

namespace grokreport {

double analysis_memory(const Config& sizes, int threads) {
    // Within a tenth of what whole reports took on two threads: 0.59 GB at p = 113, and 1.48 GB at p = 499 as
    // far as its figures were drawn. Nothing above was tried, and no model that was trained elsewhere.
    constexpr double program = 4.4e8;         // with LibTorch, which one claim loads, and the drawings
    constexpr double rows = 60, tables = 182; // matrices of p x (d_mlp + d_model), and of p x p
    const double p = sizes.p;
    return program + sizeof(double) * std::min(threads, 4) *
                         (rows * p * (sizes.d_mlp + sizes.d_model) + tables * p * p);
}

} // namespace grokreport
