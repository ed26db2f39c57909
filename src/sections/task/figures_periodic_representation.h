// Section 2 of the post: numbers on circles, where addition modulo p is rotation.
#pragma once

#include "drawing/plot.h"
#include "model/dataset.h"

#include <string>
#include <vector>

namespace grokreport::figures {

// A diagram: the numbers 0..p-1 on the circle of each frequency k, where t lies at the angle 2 pi k t / p and
// has a colour of its own. On every circle the angle of a and then the angle of b lead to the point of
// (a + b) mod p. The first frequency has the large circle, the others share the row below.
// Precondition: 0 <= a, b < p of `pair`; one to three frequencies, each from 1 to (p - 1) / 2.
Drawing periodic_representation(const std::string& id, int p, Pair pair, const std::vector<int>& frequencies);

// The frequencies 1, 2 and 5 as far as p has them.
std::vector<int> shown_circles(int p);

// A pair that is easy to read on those circles: a and b near 0.4 and 0.7 of p, so that their sum goes once
// around, and the points of 0, a and a + b lie apart.
Pair legible_example(int p);

} // namespace grokreport::figures
