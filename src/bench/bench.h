// `grokreport bench`: the time of the factored training, of the textbook pass, and of the matrix products
// alone, all measured in one run.
#pragma once

#include "model/config.h"

#include <filesystem>

namespace grokreport::bench {

struct BenchRequest {
    Config config{};
    bool quick = false;            // one repetition: noisier
    bool full = false;             // every size and number of threads, and more repetitions
    std::filesystem::path table{}; // a Markdown file that gets the tables too; empty for none
};

// Prints the tables. Throws Error where the file cannot be written.
void run_benchmark(const BenchRequest& request);

} // namespace grokreport::bench
