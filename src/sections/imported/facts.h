// What templates/imported may name of a model that was trained elsewhere: "model.*"; and the same for
// claims.json.
#pragma once

#include "sections/imported/analysis.h"
#include "sections/imported/model.h"

#include <nlohmann/json.hpp>

namespace grokreport {

nlohmann::ordered_json imported_facts(const ImportedModel& model, const ImportRequest& request,
                                      const ImportedResults& results);

// For claims.json: {pairs, accuracy, loss}.
nlohmann::ordered_json describe_scores(const Scores& scores);

// The object "model" of claims.json: {file, sha256, item, prefix, layout, biases, task, positions,
// split, train, test, all, active_in_W_E}.
nlohmann::ordered_json describe_imported(const ImportedModel& model, const ImportRequest& request,
                                         const ImportedResults& results);

} // namespace grokreport
