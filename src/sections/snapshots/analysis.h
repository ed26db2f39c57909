// The snapshots of one training that was done elsewhere, side by side: the claims and the quantities of
// section 9 against the epoch.
#pragma once

#include "claims/claim.h"
#include "sections/imported/analysis.h"
#include "sections/snapshots/places.h"

#include <string>
#include <vector>

namespace grokreport {

struct Snapshot {
    SnapshotPlace place;
    Scores train, test, all; // train and test of no pairs where the split is not known
    std::vector<int> key_frequencies;
    std::vector<Claim> claims; // in the order of the table of bounds
};

// What is measured, its bound, and its value at each snapshot: one check of a claim of section 9.
struct Curve {
    std::string claim;
    std::size_t check = 0; // of the claim
    double bound = 0;
    std::vector<double> values; // NaN where it could not be measured
};

// The curves of every check of every claim of section 9. A check that no snapshot measured is left out.
std::vector<Curve> readout_curves(const std::vector<Snapshot>& snapshots);

} // namespace grokreport
