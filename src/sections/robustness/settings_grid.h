// How grokking depends on the settings: the same training over a grid of values of p, weight decay, train
// fraction and learning rate, with several seeds in each cell. Only the model with ReLU is trained there, and
// only its curves and final weights are looked at; claims are judged at the main settings alone.
#pragma once

#include "model/config.h"
#include "runs/trained_run.h"

#include <array>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace grokreport {

// The settings that a grid may vary.
struct Setting {
    const char* name;  // as in config.json
    const char* words; // as in a sentence
    double (*value)(const Config&);
};
inline constexpr std::array settings{
    Setting{"p", "p", [](const Config& config) { return static_cast<double>(config.p); }},
    Setting{"weight_decay", "weight decay", [](const Config& config) { return config.weight_decay; }},
    Setting{"train_fraction", "train fraction", [](const Config& config) { return config.train_fraction; }},
    Setting{"learning_rate", "learning rate", [](const Config& config) { return config.learning_rate; }}};

// One seed of one cell.
struct GridRun {
    std::uint64_t seed = 0;
    int memorised_epoch = 0, grokked_epoch = 0; // 0: never
    double test_accuracy = 0;                   // at the last epoch
    int n_key_frequencies = 0;                  // of the last weights
    std::string failure{};                      // why there is no model; empty where there is one
};

struct GridCell {
    Config config; // of its first seed
    std::vector<GridRun> runs;

    std::vector<int> grokked_epochs() const; // ascending, of those that grokked
    int trained() const;                     // runs that did not fail
};

// Reads a finished run. Throws Error where it is damaged.
GridRun grid_run(const TrainedRun& run);

// The settings with more than one value among the cells.
std::vector<const Setting*> varied_settings(std::span<const GridCell> cells);

// The document grid.json.
nlohmann::ordered_json to_json(std::span<const GridCell> cells);

} // namespace grokreport
