// The pairs of the curves of sections 6 to 8 of the post: it fixes a = 70 while b runs through all p numbers.
#pragma once

#include "model/dataset.h"

#include <vector>

namespace grokreport {

inline int fixed_number(int p) {
    return 70 % p;
}

// The pairs (a, b) with a = fixed_number(p), b ascending.
inline std::vector<Pair> pairs_at_fixed_number(int p) {
    return pairs_of_number(fixed_number(p), p);
}

} // namespace grokreport
