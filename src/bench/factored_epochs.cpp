#include "bench/epochs.h"

#include "training/adamw.h"
#include "training/engine.h"

namespace grokreport::bench {

namespace {

class FactoredEpochs final : public EpochRunner {
  public:
    FactoredEpochs(const Config& config, int threads)
        : engine_(config, split_pairs(config).train, threads),
          parameters_(initial_parameters(config)),
          gradient_(config),
          optimiser_(config, parameters_.flat().size(), threads) {}

    void run_epoch() override {
        engine_.loss_and_gradient(parameters_, gradient_);
        optimiser_.step(parameters_.flat(), gradient_.flat());
    }

  private:
    Engine engine_;
    Parameters parameters_, gradient_;
    AdamW optimiser_;
};

} // namespace

std::unique_ptr<EpochRunner> factored_epochs(const Config& config, int threads) {
    return std::make_unique<FactoredEpochs>(config, threads);
}

int n_distinct_training_pairs(const Config& config) {
    return static_cast<int>(distinct_pairs(config, split_pairs(config).train).size());
}

} // namespace grokreport::bench
