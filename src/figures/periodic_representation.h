// Section 2 of the post: why a circle is a good place to keep a number that is added modulo p.
#pragma once

#include "figures/plot.h"

#include <vector>

namespace grokreport::figures {

// A diagram: the numbers 0..p-1 on the circle of each frequency k, where t lies at the angle 2 pi k t / p and
// is coloured by t. On every circle, adding is turning: the angle of a and then the angle of b lead to the
// point of (a + b) mod p. The first frequency gets the large circle, the others share the row below.
// Precondition: 0 <= a, b < p; one to three frequencies, each from 1 to (p - 1) / 2.
Drawing periodic_representation(const std::string& id, int p, int a, int b,
                                const std::vector<int>& frequencies);

// The same with an example chosen by rule: a and b at about 0.4 and 0.7 of p, so that their sum goes once
// around, and the frequencies 1, 2 and 5 as far as p has them.
Drawing periodic_representation(const std::string& id, int p);

} // namespace grokreport::figures
