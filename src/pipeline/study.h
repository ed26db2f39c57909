// What a report is asked for, as small values: the trained models of one seed, a sweep of seeds and settings,
// and the place where the program works.
#pragma once

#include "model/config.h"
#include "runs/paths.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace grokreport {

// The trained models of one seed.
struct Study {
    Config config;                         // of the main model, which has a ReLU
    int linear_epochs = 2 * config.epochs; // of the models without ReLU
    bool paper =
        false; // the model of the paper's kind is asked for too; without, it is shown where it is there
};

// The models of every seed.
inline constexpr std::array report_variants{Variant::relu, Variant::linear, Variant::frozen};

// The config of one model of the study.
Config variant_of(const Study& study, Variant variant);

// The study of another seed. The model of the paper's kind belongs to the main seed alone.
Study for_seed(const Study& study, std::uint64_t seed);

// Which seeds of a sweep get a page and figures.
enum class Pages { main_seed, failing, all }; // failing: also those with a claim that is not as expected

// What a sweep keeps of the seeds that are not the main one. Without `runs`, of each seed the last weights
// and the curves (kept_seeds.h); its claims are kept always.
struct Keep {
    bool runs = false;
    Pages pages = Pages::main_seed;
};

// Seeds and settings that one report shows together.
struct Sweep {
    Study study{};                       // of the main seed
    std::vector<std::uint64_t> seeds{0}; // the first is that of `study`
    std::vector<Config> grid{Config{}};  // the first is that of `study`; all have the main seed
    Keep keep{};

    // Whether the runs of a seed are dropped when it is judged. A grid needs the runs of all its cells.
    bool drops_runs() const { return !keep.runs && seeds.size() > 1 && grid.size() <= 1; }
};

// Where the program writes, and how many threads it uses. The results do not depend on the threads.
struct Place {
    Paths paths{};
    int threads = 1;
};

// SHA-256 over all inputs of the results of a seed: the program, the options and every file of the runs. The
// programs that draw are left out: the figures of an older gnuplot stay right. Throws Error where a run
// cannot be read.
std::string computed_from(const Study& study, const Paths& paths);

} // namespace grokreport
