// Section 6.1 of the post as films: the curve of alpha x_a + (1 - alpha) x_b while b runs, for a periodic
// alpha. Pure theory: a unit circle and no trained model, so that the films are the same for every run. The
// time t, in seconds, stands for b; frequencies are in turns a second.
//     x_b(t) = (cos 2 pi k t, sin 2 pi k t),   alpha(t) = 1/2 + 1/2 cos(2 pi f t - 2 pi offset)
#pragma once

#include "drawing/plot.h"

#include <string>

namespace grokreport::figures {

// Several offsets side by side: k = 1, f = 1/2; the point z runs along its curve on the chord from x_a to
// x_b.
Drawing moving_offsets(const std::string& id);

// One curve, k = 1, f = 1/2, while the offset runs through a turn; the curves of other offsets in grey.
Drawing moving_family(const std::string& id);

// The same for several pairs of circle and attention frequency, slower and faster ones.
Drawing moving_frequencies(const std::string& id);

} // namespace grokreport::figures
