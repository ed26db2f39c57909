#include "sections/bounds.h"

#include <algorithm>
#include <iterator>

namespace grokreport {

BoundTable table_of_bounds(const Config& config) {
    BoundTable table;
    for (const auto section : {grokking_bounds, embedding_bounds, attention_bounds, petals_bounds,
                               recombination_bounds, mlp_bounds, decoder_bounds})
        std::ranges::move(section(config), std::back_inserter(table));
    return table;
}

} // namespace grokreport
