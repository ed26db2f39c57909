// Epochs to be timed: the same training, once as the textbook writes it and once factored.
#pragma once

#include "model/config.h"

#include <memory>

namespace grokreport::bench {

class EpochRunner {
  public:
    virtual ~EpochRunner() = default;
    // Loss, gradient of every parameter and one AdamW step. Returns the loss before it.
    virtual double run_epoch() = 0;
};

// LibTorch's autograd in float32. Throws Error where the module that holds it cannot be loaded.
std::unique_ptr<EpochRunner> textbook_epochs(const Config& config, int threads);
std::unique_ptr<EpochRunner> factored_epochs(const Config& config, int threads); // our engine

int n_distinct_training_pairs(const Config& config);

double milliseconds_an_epoch(EpochRunner& runner, int epochs);

} // namespace grokreport::bench
