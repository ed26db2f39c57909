// What templates/05-periodicity.md may name: "embed.*".
#pragma once

#include "sections/embedding/analysis.h"

#include <nlohmann/json.hpp>

namespace grokreport {

nlohmann::ordered_json embedding_facts(const EmbeddingResults& results);

} // namespace grokreport
