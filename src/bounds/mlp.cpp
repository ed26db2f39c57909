#include "bounds/bounds.h"

#include <fmt/format.h>

namespace grokreport {

BoundTable mlp_bounds(const Config&) {
    using enum Relation;
    return {
        {.id = "linear.groks",
         .section = "8",
         .headline = true,
         .statement = "A model without ReLU groks modular addition too.",
         .checks = {{fmt::format("test accuracy that is kept for {} epochs on end", sustained_span), at_least,
                     sustained_level, "", "far above the 30 % that memorising and symmetry give"}},
         .control = "a model trained the same way with attention frozen at (1/2, 1/2, 0): linear in a and b",
         .figures = {"training-linear"},
         .source = "src/analysis/grokking.cpp"},
    };
}

} // namespace grokreport
