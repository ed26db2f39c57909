// Section 8 of the post, the decoder: one row of W_L close up, and how many circles it takes.
#pragma once

#include "drawing/plot.h"
#include "sections/decoder/analysis.h"

#include <string>

namespace grokreport::figures {

// The direction of W_L[c] in one plane beside the embeddings of all answers; those beyond the dashed line
// activate it more than c does, and the farthest are named.
Drawing decoder_close_up(const std::string& id, const CloseUp& close_up);

// Accuracy over all pairs against the number of circles kept, the most energetic first, beside each circle
// alone.
Drawing circles_kept(const std::string& id, const Circles& circles);

} // namespace grokreport::figures
