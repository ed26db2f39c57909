// Section 6.2 of the post: petals, predicted beside actual.
#pragma once

#include "drawing/plot.h"
#include "sections/petals/analysis.h"

#include <string>

namespace grokreport::figures {

// Two panels on one scale: alpha(b) x_a + (1 - alpha(b)) x_b with the prediction for real b as a line, and z
// in the same plane with that line carried over by the affine fit. x_a is ringed.
//
// Where a family is given, the figure has variations, one an a, on a scale that holds them all:
//     p, a (the one drawn), f, k
//     x, kept      pairs of pixels: the embeddings in the left panel, `kept` in the right one
//     ellipse      three pairs: the centre of x, its component at k along cos and along sin
//     waves        triples: mean, cos and sin component of the attention to a at f, in thousandths; one an a
//     fits         sextuples: from pixels on the left to pixels on the right, (x, y, 1) times 3 x 2; one an a
//     r2           texts; one an a
//     attention    base64: p x p bytes to a and p x p bytes to b, in 255ths
Drawing petal(const std::string& id, const Petal& petal, int a, const PetalFamily* family = nullptr);

// The largest p for which variations are worth their bytes, which grow with its square.
inline constexpr int largest_family = 211;

} // namespace grokreport::figures
