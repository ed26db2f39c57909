// The reference: many seeds at one setting, trained, analysed and judged, as rows in one table. Nothing is
// drawn. A report shows at each badge how often the claim holds there (claims/reference.h).
#pragma once

#include "pipeline/train_models.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace grokreport {

struct ReferenceRequest {
    TrainRequest training{};       // its seeds; the place is where the runs are trained and kept
    std::filesystem::path table{}; // docs/reference/claims.csv
    bool rejudge = false;          // judge also seeds whose rows are up to date
    // Written at the end, where they are named and the table has least_reference_seeds: the whole document,
    // and the marked paragraph of a text (claims/reference_document.h).
    std::filesystem::path document{}, readme{};
};

// Adds the rows of each seed to the table, all of them at once, as soon as the seed is judged. The table is
// sorted by seed. Several processes can write to it; tables of several machines are joined one after the
// other.
//
// A seed that has rows of this engine is not trained again. Its rows are made anew where a definition has
// changed and its weights are still kept: of the model with ReLU all snapshots, of the other two the curves,
// about 6 MB a seed, below .cache/reference/<engine>/ of the place. A seed whose training was interrupted
// goes on where it was.
//
// Returns whether every seed has rows now. A failure is printed and stops no other seed.
bool make_reference(const ReferenceRequest& request);

} // namespace grokreport
