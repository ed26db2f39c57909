// The command line as it was given: a command, and the values of all options, not yet checked.
#pragma once

#include "model/config.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace grokreport {

enum class Action {
    report,
    prepare,
    train,
    render,
    watch,
    analyze,
    export_model,
    claims,
    explain,
    verify,
    compare,
    reference,
    bench
};

// Values of one setting, "113" or "59,113": the first is that of the main model.
template <typename Value>
struct ValueList {
    std::vector<Value> values;
};

// No command uses all of them. Paths are strings: Boost would read a std::filesystem::path with operator>>,
// which ends at a space.
struct GivenOptions {
    std::set<std::string> named; // the options that stand on the command line
    Config config;               // with the settings that are no lists
    ValueList<int> p{{config.p}};
    ValueList<double> train_fraction{{config.train_fraction}}, learning_rate{{config.learning_rate}},
        weight_decay{{config.weight_decay}};
    std::string seeds;
    int linear_epochs = 0; // 0: twice the epochs
    std::string output, templates, reference;
    int threads = 1;
    double save_every = 20; // seconds
    bool strict = false, retrain = false, paper = false, gather = false, list = false;
    std::string keep = "last", pages = "main"; // report
    std::string claim;                         // verify
    std::vector<std::string> compared;         // compare
    int port = 0;                              // watch
    bool json = false;                         // claims
    bool rejudge = false;                      // reference
    std::string document, readme;              // reference
    int a = 0, b = 0;                          // explain
    bool quick = false, full = false;          // bench
    std::string table;                         // bench
    std::string target;                        // export
    // analyze and export
    std::string checkpoint, checkpoints, item, layout, split, split_file;
    int modulus = 0;
    std::uint64_t split_seed = 0;
    double split_fraction = 0.3;

    bool has(const char* option) const { return named.contains(option); }
};

} // namespace grokreport
