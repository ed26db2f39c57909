// What section 8 found about the hidden layer: from analysis results to measurements for the claims and facts
// for the text.
#pragma once

#include "sections/mlp/analysis.h"
#include "sections/mlp/subspaces.h"
#include "sections/mlp/superposition.h"
#include "claims/claim.h"
#include "model/config.h"

#include <optional>
#include <string>
#include <vector>

namespace grokreport {

// Everything of one set of weights.
struct MlpResults {
    std::vector<int> frequencies; // those that all members below are about
    PlaneAngles planes;
    HiddenSigns signs;
    double untrained_always_positive = 0; // HiddenSigns::always_positive before training
    Ablation ablation;
    std::vector<ColumnsInPlane> columns;
    std::vector<Circle> circles;      // of the hidden layer at fixed a
    std::optional<Circle> other_best; // the purest of all other frequencies
    Superposition superposition;
};

// `judged` has the key frequencies at 20,000 epochs; where there is none, `reason` says why.
std::vector<Measurement> mlp_measurements(const std::optional<MlpResults>& judged, const std::string& reason);

// "mlp.*" of the templates, about the weights that the figures show.
nlohmann::ordered_json mlp_facts(const MlpResults& shown, const Config& config);

} // namespace grokreport
