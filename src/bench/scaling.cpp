// How the time of an epoch grows with the model and shrinks with threads, against its count of operations.
#include "bench/epochs.h"
#include "bench/fastest.h"
#include "bench/markdown.h"
#include "bench/sections.h"
#include "bench/timing.h"
#include "training/aligned.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <thread>

namespace grokreport::bench {

namespace {

constexpr double least_milliseconds = 400; // of a measurement

// Multiplications and additions of an epoch with ReLU, 10^9: the three products, the row sums forward,
// backward and to the attention, and the tables once forward and twice backward.
double gigaflops_an_epoch(const Config& config) {
    const double pairs = n_distinct_training_pairs(config), vocab = config.d_vocab(), mlp = config.d_mlp;
    const double width = padded(padded(config.d_mlp) + config.d_vocab()), heads = config.heads_width();
    const double products = 6 * pairs * mlp * vocab;
    const double row_sums = 3 * pairs * 2 * config.n_heads * 2 * width;
    const double tables = 6 * (vocab * config.d_model * heads + (config.d_model + vocab) * heads * width +
                               mlp * config.d_model * vocab);
    return 1e-9 * (products + row_sums + tables);
}

struct Measured {
    double gigaflops = 0;
    double milliseconds = 0;
};

// The least of several short measurements: what the machine does when nobody disturbs it.
Measured measure(const Config& config, int threads, int turns) {
    const auto runner = factored_epochs(config, threads);
    const double first = milliseconds_an_epoch(*runner, 2);
    const int epochs = std::max(1, static_cast<int>(least_milliseconds / turns / first));
    double least = std::numeric_limits<double>::infinity();
    for (int turn = 0; turn < turns; ++turn)
        least = std::min(least, milliseconds_an_epoch(*runner, epochs));
    return {gigaflops_an_epoch(config), least};
}

} // namespace

std::vector<int> thread_counts() {
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    std::vector<int> counts;
    for (int threads = 1; threads < cores; threads *= 2)
        counts.push_back(threads);
    counts.push_back(cores);
    return counts;
}

std::string scaling_table(const Config& config, const Effort& effort) {
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const Measured base = measure(config, 1, effort.turns);
    MarkdownTable table({"p", "d_mlp", "threads", "GFLOP an epoch", "ms", "GFLOP/s", "ms / ms by the count"});
    const auto add = [&](int p, int d_mlp, int threads) {
        Config one = config;
        one.p = p;
        one.d_mlp = d_mlp;
        const Measured measured = measure(one, threads, effort.turns);
        const double predicted =
            base.milliseconds * measured.gigaflops / base.gigaflops / std::min(threads, cores);
        table.add({std::to_string(p), std::to_string(d_mlp),
                   fmt::format("{}{}", threads, threads > cores ? " (oversubscribed)" : ""),
                   fmt::format("{:.3f}", measured.gigaflops), fmt::format("{:.2f}", measured.milliseconds),
                   fmt::format("{:.0f}", 1e3 * measured.gigaflops / measured.milliseconds),
                   fmt::format("{:.2f}", measured.milliseconds / predicted)});
    };
    for (int threads : {1, 2, 4, 8, 16, 32})
        add(config.p, config.d_mlp, threads);
    for (int p : effort.is_full ? std::vector{59, 199, 307, 499} : std::vector{59, 199})
        add(p, config.d_mlp, cores);
    for (int d_mlp : effort.is_full ? std::vector{128, 256, 1024, 2048, 4096} : std::vector{128, 2048})
        add(config.p, d_mlp, cores);
    return fmt::format(
        "## Scaling\n\nWith ReLU, on {} cores. The last column is the time against that of one thread at "
        "p = {}, d_mlp = {}, scaled by the count of operations and by the cores in use.\n\n{}",
        cores, config.p, config.d_mlp, table.text());
}

} // namespace grokreport::bench
