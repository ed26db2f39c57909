// What can be said of a model that was trained elsewhere besides what the sections say: how it does on its
// pairs, and which claims one checkpoint cannot settle.
#pragma once

#include "sections/grokking/analysis.h"
#include "claims/claim.h"
#include "sections/beyond/findings.h"
#include "sections/imported/model.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace grokreport {

// On one set of pairs; NaN where it has none.
struct Scores {
    double accuracy = 0;
    double loss = 0; // mean cross-entropy, nats
    std::size_t n = 0;
};

struct ImportedResults {
    Scores train, test, all;
    HeldOut fresh; // the model with weights drawn afresh
    double asymmetry = 0;
    std::vector<int> strongest{}; // frequencies, those with most energy in W_E first
    Eigen::VectorXd shares;       // of the energy of W_E, index k - 1
    std::vector<int> idle{};      // active in W_E alone
    BeyondMeasures beyond{};
    int n_triples = 0; // behind gradient symmetricity
};

// Of the claims of sections 3 and 4, and of all that need more than one checkpoint.
std::vector<Measurement> imported_measurements(const ImportedModel& model, const ImportedResults& results);

// "model.*" of the templates.
nlohmann::ordered_json imported_facts(const ImportedModel& model, const ImportOptions& options,
                                      const ImportedResults& results);

// The object "model" of claims.json: {file, sha256, layout, positions, split, scores, frequencies}.
nlohmann::ordered_json describe_imported(const ImportedModel& model, const ImportOptions& options,
                                         const ImportedResults& results);

} // namespace grokreport
