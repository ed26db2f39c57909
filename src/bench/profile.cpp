// What an epoch is made of. The stages that can be run by themselves are timed by themselves; what is left of
// the epoch is the rest of the pass over the pairs.
#include "bench/epochs.h"
#include "bench/markdown.h"
#include "bench/products.h"
#include "bench/sections.h"
#include "bench/timing.h"
#include "training/adamw.h"
#include "training/engine.h"

#include <fmt/format.h>
#include <utility>

namespace grokreport::bench {

namespace {

constexpr int epochs_a_turn = 20;

// The stages of an epoch in turn, and the evaluation of the test set, in milliseconds.
class Stages {
  public:
    Stages(const Config& config, int threads)
        : config_(config),
          pool_(threads),
          parameters_(initial_parameters(config)),
          gradient_(config),
          engine_(config, split_pairs(config).train, pool_),
          optimiser_(config, parameters_.flat().size(), pool_),
          output_map_(make_output_map(config, chunks_of(n_distinct_training_pairs(config)))),
          tables_(config, output_map_->width()),
          products_(config, n_distinct_training_pairs(config), threads),
          test_(distinct_pairs(config, split_pairs(config).test)) {
        forward_tables();
    }

    double pass() {
        return milliseconds_of([&] { engine_.loss_and_gradient(parameters_, gradient_); });
    }
    double products() { return has_relu(config_.variant) ? products_.milliseconds(Library::onednn) : 0; }
    double optimiser() {
        return milliseconds_of([&] { optimiser_.step(parameters_.flat(), gradient_.flat()); });
    }
    double forward_tables() {
        return milliseconds_of([&] {
            const auto weights = matrices(std::as_const(parameters_));
            output_map_->build(weights, pool_);
            tables_.build(weights, output_map_->B(), output_map_->bias(), pool_);
        });
    }
    double backward_tables() {
        return milliseconds_of([&] {
            const auto weights = matrices(std::as_const(parameters_));
            tables_.backward(weights, output_map_->B(), matrices(gradient_), output_map_->B_gradient(),
                             pool_);
            output_map_->backward(weights, tables_.constant_gradient(), matrices(gradient_), pool_);
        });
    }
    double evaluation() {
        return milliseconds_of([&] { engine_.evaluate(test_); });
    }

  private:
    Config config_;
    ThreadPool pool_;
    Parameters parameters_, gradient_;
    Engine engine_;
    AdamW optimiser_;
    std::unique_ptr<OutputMap> output_map_;
    TokenTables tables_;
    ProductRound products_;
    std::vector<MergedPair> test_;
};

// The share of a whole training that its evaluations take.
double share_of_evaluations(const Config& config, double epoch_ms, double evaluation_ms) {
    int evaluations = 0;
    for (int epoch = 0; epoch <= config.epochs; ++epoch)
        evaluations += is_evaluated(config, epoch) ? 1 : 0;
    const double spent = evaluations * evaluation_ms;
    return spent / (spent + config.epochs * epoch_ms);
}

std::vector<std::string> row_of(const Config& config, int threads, int turns) {
    Stages stages(config, threads);
    std::vector<double> products, forward, backward, pass, optimiser, evaluation;
    for (int i = 0; i < turns * epochs_a_turn; ++i) {
        pass.push_back(stages.pass());
        optimiser.push_back(stages.optimiser());
        products.push_back(stages.products());
        forward.push_back(stages.forward_tables());
        backward.push_back(stages.backward_tables());
        if (i % 5 == 0) evaluation.push_back(stages.evaluation());
    }
    const double epoch = median(pass) + median(optimiser);
    const double rest = median(pass) - median(products) - median(forward) - median(backward);
    const auto cell = [&](double ms) { return fmt::format("{:.2f} ({:.0f} %)", ms, 100 * ms / epoch); };
    return {to_string(config.variant),
            std::to_string(threads),
            fmt::format("{:.2f}", epoch),
            cell(median(products)),
            cell(rest),
            cell(median(forward)),
            cell(median(backward)),
            cell(median(optimiser)),
            fmt::format("{:.2f}", median(evaluation)),
            fmt::format("{:.1f} %", 100 * share_of_evaluations(config, epoch, median(evaluation)))};
}

} // namespace

std::string profile_table(const Config& config, const Effort& effort) {
    MarkdownTable table({"variant", "threads", "epoch, ms", "three products", "row sums, softmax, gathers",
                         "tables forward", "tables backward", "AdamW", "test evaluation, ms",
                         "share of a training"});
    for (Variant variant : {Variant::relu, Variant::linear, Variant::paper}) {
        Config one = config;
        one.variant = variant;
        for (int threads : {1, 2})
            if (effort.is_full || threads == 2) table.add(row_of(one, threads, effort.turns));
    }
    return fmt::format(
        "## What an epoch is made of\n\nMilliseconds, and shares of the epoch. The second of the stages "
        "is what the others leave of the whole. The last column is the share of a training of {} "
        "epochs that is spent on its evaluations, of which it has as many as the figures need.\n\n{}",
        config.epochs, table.text());
}

} // namespace grokreport::bench
