#include "bench/bench.h"

#include "bench/epochs.h"
#include "bench/products.h"
#include "bench/timing.h"

#include <fmt/format.h>

namespace grokreport::bench {

namespace {

constexpr Library all_libraries[] = {Library::eigen, Library::openblas, Library::onednn};
constexpr int factored_epochs_a_turn =
    20; // about as long as one textbook epoch, so that both see the same weather

double milliseconds_an_epoch(EpochRunner& runner, int epochs) {
    return milliseconds_of([&] {
               for (int epoch = 0; epoch < epochs; ++epoch)
                   runner.run_epoch();
           }) /
           epochs;
}

void compare_libraries(const Config& config, int threads, int rounds) {
    const int n_pairs = n_distinct_training_pairs(config);
    ProductRound round(config, n_pairs, threads);
    std::vector<std::vector<double>> times(std::size(all_libraries));
    for (int i = 0; i < rounds; ++i)
        for (std::size_t library = 0; library < times.size(); ++library)
            times[library].push_back(round.milliseconds(all_libraries[library]));

    fmt::print("\nThe three products of an epoch ({} pairs x {} x {}), {} thread(s)\n", n_pairs, config.d_mlp,
               config.d_vocab(), threads);
    fmt::print("{:<10} {:>8} {:>10}\n", "library", "ms", "GFLOP/s");
    for (std::size_t library = 0; library < times.size(); ++library) {
        const double ms = median(times[library]);
        fmt::print("{:<10} {:>8.2f} {:>10.0f}\n", to_string(all_libraries[library]), ms,
                   1e3 * round.gigaflops() / ms);
    }
}

// One line of the cost table; textbook, factored and floor take turns.
void compare_epochs(const Config& config, int threads, int turns) {
    const auto textbook = textbook_epochs(config, threads);
    const auto factored = factored_epochs(config, threads);
    ProductRound products(config, n_distinct_training_pairs(config), threads);
    textbook->run_epoch();
    milliseconds_an_epoch(*factored, factored_epochs_a_turn);

    std::vector<double> textbook_ms, factored_ms, floor_ms, ratios;
    for (int turn = 0; turn < turns; ++turn) {
        textbook_ms.push_back(milliseconds_an_epoch(*textbook, 1));
        factored_ms.push_back(milliseconds_an_epoch(*factored, factored_epochs_a_turn));
        ratios.push_back(textbook_ms.back() / factored_ms.back());
        if (has_relu(config.variant))
            for (int i = 0; i < factored_epochs_a_turn; ++i)
                floor_ms.push_back(products.milliseconds(Library::onednn));
    }
    fmt::print("{:<8} {:>5} {:>12.1f} {:>12.2f} {:>8.1f}", to_string(config.variant), config.p,
               median(textbook_ms), median(factored_ms), median(ratios));
    if (floor_ms.empty())
        fmt::print(" {:>10} {:>9}\n", "-", "-");
    else
        fmt::print(" {:>10.2f} {:>8.0f}%\n", median(floor_ms), 100 * median(floor_ms) / median(factored_ms));
}

} // namespace

void run_benchmark(const Options& options) {
    const int rounds = options.quick ? 10 : 40, turns = options.quick ? 3 : 9;
    fmt::print(
        "Medians of one run. textbook: the torch module with autograd and torch::optim::AdamW, float32;\n"
        "factored: our engine, the same training; floor: the three matrix products alone (oneDNN).\n");
    compare_libraries(options.config, options.threads, rounds);

    fmt::print("\nOne epoch (forward, backward, AdamW), {} thread(s)\n", options.threads);
    fmt::print("{:<8} {:>5} {:>12} {:>12} {:>8} {:>10} {:>9}\n", "variant", "p", "textbook ms", "factored ms",
               "ratio", "floor ms", "of floor");
    for (int p : options.bench_primes) {
        Config config = options.config;
        config.p = p;
        validate(config);
        compare_epochs(config, options.threads, turns);
    }
    compare_epochs(variant_of(options, Variant::linear), options.threads, turns);
    compare_epochs(variant_of(options, Variant::paper), options.threads, turns);
}

} // namespace grokreport::bench
