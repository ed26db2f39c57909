// The drawings of the snapshots of one training.
#pragma once

#include "drawing/plot.h"
#include "sections/snapshots/analysis.h"

#include <string>
#include <vector>

namespace grokreport::figures {

// A row a claim, a cell a snapshot: its verdict.
Drawing snapshot_verdicts(const std::string& id, const std::vector<Snapshot>& snapshots);

// A panel for the accuracy, and one for each curve with its bound, over the epochs.
Drawing snapshot_curves(const std::string& id, const std::vector<Snapshot>& snapshots);

} // namespace grokreport::figures
