// The tables of docs/performance.md, each measured in one go: times drift from run to run, ratios hardly.
#pragma once

#include "model/config.h"

#include <string>

namespace grokreport::bench {

struct Effort {
    int turns = 3;        // repetitions of which the median is given
    bool is_full = false; // every size and number of threads
};

std::string library_table(const Config& config, const Effort& effort);    // who multiplies fastest
std::string comparison_table(const Config& config, const Effort& effort); // textbook, floor and engine
std::string python_table(const Config& config, const Effort& effort);     // plain PyTorch and engine
std::string profile_table(const Config& config, const Effort& effort);    // an epoch by stage, and evaluation
std::string scaling_table(const Config& config, const Effort& effort);    // threads, p and d_mlp

} // namespace grokreport::bench
