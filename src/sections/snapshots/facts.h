// What templates/imported may name of several snapshots: "snapshots.*"; and the same for claims.json.
#pragma once

#include "sections/snapshots/analysis.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace grokreport {

// Of no snapshots the same names, for the page of a single model.
nlohmann::ordered_json snapshot_facts(const std::vector<Snapshot>& snapshots);

// The array "snapshots" of claims.json: {epoch, file, item, train, test, all, key_frequencies, verdicts,
// values}, the last two by id of a claim.
nlohmann::ordered_json describe_snapshots(const std::vector<Snapshot>& snapshots);

} // namespace grokreport
