// What is asked of the program: the command and everything that it leaves open.
#pragma once

#include "checkpoint/layouts.h"
#include "model/config.h"
#include "runs/paths.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace grokreport {

enum class Action { show_text, report, prepare, train, render, watch, analyze, verify, compare, bench };

// analyze: a model that was trained elsewhere. Its training pairs are those of nanda_split (given_split.h) or
// of a file; where neither is given they are not known.
struct ImportOptions {
    std::filesystem::path checkpoint{};
    LayoutQuestions layout{};
    std::optional<std::uint64_t> split_seed{}; // of nanda_split
    double train_fraction = 0.3;               // of nanda_split: this share of all pairs
    std::filesystem::path split_file{};
};

struct Options {
    Action action = Action::show_text;
    std::string text;                    // what show_text prints: help or version
    Config config;                       // of the main model
    std::vector<std::uint64_t> seeds{0}; // of the sweep; the first is that of `config`
    std::vector<Config> grid{Config{}};  // with the first seed; the first is `config`
    int linear_epochs = 0;
    Paths paths;
    int threads = 1;
    double save_every = 20; // seconds of training that a kill may lose
    bool retrain = false;
    bool paper = false; // train also the model of the paper's kind, of the main seed
    bool strict = false;
    bool gather = false;               // report: train nothing, tell what is missing
    bool list = false;                 // prepare: only say which seeds are not ready
    std::string claim;                 // verify: which
    std::vector<std::string> compared; // compare: a seed or a path each
    ImportOptions imported;
    int port = 0;            // watch: where the page is served
    bool quick = false;      // bench: fewer repetitions
    bool bench_full = false; // bench: every size and number of threads
    std::string bench_table; // bench: a Markdown file that gets the tables too; empty for none
};

// The models that a report trains of one seed.
inline constexpr std::array report_variants{Variant::relu, Variant::linear, Variant::frozen};

// The run without a ReLU, its control with frozen attention, and that of the paper's kind, that go with the
// main model.
Config variant_of(const Options& options, Variant variant);

// The same report for one seed of a sweep.
Options for_seed(const Options& options, std::uint64_t seed);

// As a shell takes it for one word.
std::string shell_word(const std::string& text);

// What to add to a command to mean this run: " --seed 1 --epochs 500". Each option of the model that departs
// from its default, and --output where it was given relative to the current folder. Empty for the default
// run.
std::string departing_options(const Options& options);

} // namespace grokreport
