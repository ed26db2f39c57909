#include "bench/epochs.h"
#include "bench/fastest.h"
#include "bench/markdown.h"
#include "bench/products.h"
#include "bench/sections.h"
#include "bench/timing.h"

#include <fmt/format.h>

namespace grokreport::bench {

namespace {

constexpr Library all_libraries[] = {Library::eigen, Library::openblas, Library::onednn};
// About as long as one textbook epoch, so that what else runs on the machine slows both alike
constexpr int factored_epochs_a_turn = 20;

struct Times { // of one variant
    Fastest textbook, engine;
};

// One line of the table: textbook, engine and floor take turns.
void compare(const Config& config, int threads, int turns, MarkdownTable& table, Times& fastest) {
    const auto textbook = textbook_epochs(config, threads);
    const auto factored = factored_epochs(config, threads);
    ProductRound products(config, n_distinct_training_pairs(config), threads);
    textbook->run_epoch();
    milliseconds_an_epoch(*factored, factored_epochs_a_turn);

    std::vector<double> textbook_ms, factored_ms, floor_ms;
    for (int turn = 0; turn < turns; ++turn) {
        textbook_ms.push_back(milliseconds_an_epoch(*textbook, 1));
        factored_ms.push_back(milliseconds_an_epoch(*factored, factored_epochs_a_turn));
        if (!has_relu(config.variant)) continue;
        for (int i = 0; i < factored_epochs_a_turn; ++i)
            floor_ms.push_back(products.milliseconds(Library::onednn));
    }
    const double theirs = median(textbook_ms), ours = median(factored_ms);
    fastest.textbook.add(threads, theirs);
    fastest.engine.add(threads, ours);
    table.add({to_string(config.variant), std::to_string(threads), fmt::format("{:.1f}", theirs),
               fmt::format("{:.2f}", ours), floor_ms.empty() ? "–" : fmt::format("{:.2f}", median(floor_ms)),
               floor_ms.empty() ? "–" : fmt::format("{:.2f}", ours / median(floor_ms))});
}

} // namespace

std::string library_table(const Config& config, const Effort& effort) {
    const int n_pairs = n_distinct_training_pairs(config);
    MarkdownTable table({"library", "threads", "ms", "GFLOP/s"});
    for (const int threads : thread_counts()) {
        ProductRound round(config, n_pairs, threads);
        std::vector<std::vector<double>> times(std::size(all_libraries));
        for (int i = 0; i < 5 * effort.turns; ++i)
            for (std::size_t library = 0; library < times.size(); ++library)
                times[library].push_back(round.milliseconds(all_libraries[library]));
        for (std::size_t library = 0; library < times.size(); ++library) {
            const double ms = median(times[library]);
            table.add({to_string(all_libraries[library]), std::to_string(threads), fmt::format("{:.2f}", ms),
                       fmt::format("{:.0f}", 1e3 * round.gigaflops() / ms)});
        }
    }
    return fmt::format("## The three matrix products of an epoch\n\n{} pairs × {} × {}, float32.\n\n{}",
                       n_pairs, config.d_mlp, config.d_vocab(), table.text());
}

std::string comparison_table(const Config& config, const Effort& effort) {
    MarkdownTable table({"variant", "threads", "textbook, ms", "engine, ms", "floor, ms", "engine / floor"});
    MarkdownTable fastest(
        {"variant", "fastest textbook, ms", "its threads", "fastest engine, ms", "its threads", "ratio"});
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen, Variant::paper}) {
        Config one = config;
        one.variant = variant;
        Times times;
        for (const int threads : thread_counts())
            compare(one, threads, effort.turns, table, times);
        const double theirs = times.textbook.milliseconds(), ours = times.engine.milliseconds();
        fastest.add({to_string(variant), fmt::format("{:.1f}", theirs),
                     std::to_string(times.textbook.threads()), fmt::format("{:.2f}", ours),
                     std::to_string(times.engine.threads()), fmt::format("{:.1f}", theirs / ours)});
    }
    return fmt::format(
        "## An epoch: forward, backward, AdamW\n\np = {}, d_mlp = {}. Textbook: the LibTorch module "
        "with autograd and torch::optim::AdamW in float32. Floor: the three products alone, by "
        "oneDNN.\n\n{}\nEach at its fastest number of threads:\n\n{}",
        config.p, config.d_mlp, table.text(), fastest.text());
}

} // namespace grokreport::bench
