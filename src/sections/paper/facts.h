// What templates/05-periodicity.md and 06-attention.md may name of a model of the paper's kind: "paper.*".
#pragma once

#include "sections/paper/analysis.h"
#include "sections/paper/model.h"

#include <nlohmann/json.hpp>
#include <optional>

namespace grokreport {

// No results: what is left to say of a model that is not there.
nlohmann::ordered_json paper_facts(PaperState state, const std::optional<PaperResults>& results);

} // namespace grokreport
