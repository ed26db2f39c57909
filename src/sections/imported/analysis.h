// What can be said of a model that was trained elsewhere besides what the sections say: how it does on its
// pairs, which frequencies it uses, and the measures of the appendix.
#pragma once

#include "sections/beyond/results.h"
#include "sections/grokking/analysis.h"
#include "sections/imported/model.h"
#include "sections/imported/tasks.h"

#include <Eigen/Core>
#include <cstddef>
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
    // Where the accuracy of a + b is at the level of chance on training pairs, the others and all:
    bool near_chance = false;
    std::vector<TriedTask> tried{};        // always
    std::optional<TriedTask> other_task{}; // what it answers instead
    std::optional<int> other_modulus{};    // with which it answers a + b
};
ImportedResults analyse_imported(const ImportedModel& model);

} // namespace grokreport
