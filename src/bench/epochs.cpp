#include "bench/epochs.h"

#include "bench/timing.h"
#include "model/textbook_module.h"
#include "training/adamw.h"
#include "training/engine.h"

namespace grokreport::bench {

namespace {

class FactoredEpochs final : public EpochRunner {
  public:
    FactoredEpochs(const Config& config, int threads)
        : pool_(threads),
          engine_(config, split_pairs(config).train, pool_),
          parameters_(initial_parameters(config)),
          gradient_(config),
          optimiser_(config, parameters_.flat().size(), pool_) {}

    double run_epoch() override {
        const double loss = engine_.loss_and_gradient(parameters_, gradient_).loss;
        optimiser_.step(parameters_.flat(), gradient_.flat());
        return loss;
    }

  private:
    ThreadPool pool_;
    Engine engine_;
    Parameters parameters_, gradient_;
    AdamW optimiser_;
};

} // namespace

std::unique_ptr<EpochRunner> textbook_epochs(const Config& config, int threads) {
    using Function = EpochRunner*(const Config&, int threads);
    auto* const function = reinterpret_cast<Function*>(textbook_function("grokreport_textbook_epochs"));
    return std::unique_ptr<EpochRunner>(function(config, threads));
}

std::unique_ptr<EpochRunner> factored_epochs(const Config& config, int threads) {
    return std::make_unique<FactoredEpochs>(config, threads);
}

int n_distinct_training_pairs(const Config& config) {
    return static_cast<int>(distinct_pairs(config, split_pairs(config).train).size());
}

double milliseconds_an_epoch(EpochRunner& runner, int epochs) {
    return milliseconds_of([&] {
               for (int epoch = 0; epoch < epochs; ++epoch)
                   runner.run_epoch();
           }) /
           epochs;
}

} // namespace grokreport::bench
