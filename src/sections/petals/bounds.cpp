#include "sections/bounds.h"

namespace grokreport {

BoundTable petals_bounds(const Config&) {
    using enum Relation;
    return {
        {.id = "petals.overlap",
         .section = "6.1",
         .statement = "Petals overlap exactly where the attention is slower than the circle.",
         .checks =
             {{"number of the three pairs whose predicted curve crosses itself away from x_a exactly when "
               "the attention frequency is below that of the circle",
               equal, 3, "", "all of the pairs that are shown"}},
         .figures = {"petals-1", "petals-2", "petals-3"},
         .source = "src/sections/petals/analysis.cpp"},
        {.id = "petals.predicted",
         .section = "6.2",
         .statement = "The heads' outputs z draw the petals that periodic attention predicts.",
         .checks =
             {{"R² of α(b) x_a + (1 − α(b)) x_b against z, α the mean and one frequency of the attention, "
               "least of the three pairs",
               at_least, 0.8, "", "four fifths of the shape from a single frequency of attention"},
              {"the same less the R² with constant α, least of the three pairs", greater, 0, "",
               "the periodic attention must add something to the circle alone"}},
         .control = "z with b permuted: 99 % quantile of 200, the best of the three pairs",
         .figures = {"petals-1", "petals-2", "petals-3"},
         .source = "src/sections/petals/analysis.cpp"},
        {.id = "petals.energy",
         .section = "6.2",
         .statement = "Petals are made of two frequencies, that of the circle and that of the attention.",
         .checks =
             {{"share of the energy of z in the plane at f, k, k + f and |k − f|, least of the three pairs",
               at_least, 0.8, "", "the product of two waves has these frequencies and no others"}},
         .control = "z with b permuted: 99 % quantile of 200, the best of the three pairs",
         .figures = {"petals-1", "petals-2", "petals-3"},
         .source = "src/sections/petals/analysis.cpp"},
    };
}

} // namespace grokreport
