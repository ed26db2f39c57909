// Compiled, with transformer.cpp, into a module of its own: model/textbook_module.h.
#include "bench/epochs.h"
#include "model/transformer.h"

#include <ATen/Parallel.h>
#include <torch/optim/adamw.h>

namespace grokreport::bench {

namespace {

class TextbookEpochs final : public EpochRunner {
  public:
    TextbookEpochs(const Config& config, int threads)
        : threads_(threads),
          model_(config, torch::kFloat32),
          optimiser_(model_->parameters(), torch::optim::AdamWOptions(config.learning_rate)
                                               .weight_decay(config.weight_decay)
                                               .betas({config.beta1, config.beta2})) {
        load_parameters(model_, initial_parameters(config));
        const Split split = split_pairs(config);
        tokens_ = tokens_of(config, split.train);
        answers_ = answers_of(config, split.train);
    }

    double run_epoch() override {
        at::set_num_threads(threads_);
        optimiser_.zero_grad();
        const auto loss = cross_entropy(model_->forward(tokens_), answers_);
        loss.backward();
        optimiser_.step();
        return loss.item<double>();
    }

  private:
    int threads_;
    Transformer model_;
    torch::optim::AdamW optimiser_;
    torch::Tensor tokens_, answers_;
};

} // namespace

extern "C" EpochRunner* grokreport_textbook_epochs(const Config& config, int threads) {
    return new TextbookEpochs(config, threads);
}

} // namespace grokreport::bench
