// A short way to make claims in a chapter, for pages whose prose says the same of each. A line
//     ::: claim embed.sparse
// becomes a sentence: the statement, its badge, and what was measured or why it does not hold. The last line
// of a chapter may be
//     ::: other claims
// which becomes such a sentence for each claim that no chapter makes. So a new claim has its place on these
// pages.
#pragma once

#include "render/source.h"

#include <string>
#include <vector>

namespace grokreport::render {

// Replaces these lines in all chapters of a page. claims: the ids of all claims. Lines keep their numbers.
void write_claim_sentences(std::vector<Source>& chapters, const std::vector<std::string>& claims);

} // namespace grokreport::render
