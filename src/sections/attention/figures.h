// Section 6 of the post: attention maps of single pairs, attention from '=' as b varies and its spectrum, and
// attention over all pairs. One panel a head throughout.
#pragma once

#include "drawing/plot.h"
#include "sections/attention/analysis.h"

#include <string>
#include <vector>

namespace grokreport::figures {

// One row a head, one column a pair: 3 x 3 cells, from a token (row) to a token (column), causal.
Drawing attention_samples(const std::string& id, const std::vector<SampledMaps>& samples);

// Attention from '=' to a, b and '=' against b, a fixed.
Drawing attention_periodic(const std::string& id, const AttentionAnalysis& attention);

// The Fourier norms of the attention to a at fixed a; key frequencies and those that the softmax makes of
// them are coloured apart.
Drawing attention_spectrum(const std::string& id, const AttentionAnalysis& attention);

// Attention to a for all pairs (a, b), as an image a head.
Drawing attention_full(const std::string& id, const AttentionAnalysis& attention);

} // namespace grokreport::figures
