#include "bench/bench.h"

#include "base/files.h"
#include "base/version.h"
#include "bench/sections.h"
#include "runs/provenance.h"

#include <fmt/format.h>

namespace grokreport::bench {

void run_benchmark(const Options& options) {
    const Effort effort{options.quick ? 1 : options.bench_full ? 9 : 3, options.bench_full};
    std::string text =
        fmt::format("# What training costs\n\nMeasured at commit {}, on {}. Medians; all of a table was "
                    "measured in turns, so that its ratios hold where its times drift.\n",
                    commit(), provenance_of_numbers().at("cpu").get<std::string>());
    fmt::print("{}", text);
    for (const auto& section :
         {comparison_table, python_table, profile_table, scaling_table, library_table}) {
        const std::string table = "\n" + section(options.config, effort);
        fmt::print("{}", table);
        std::fflush(stdout);
        text += table;
    }
    if (!options.bench_table.empty()) write_file(options.bench_table, text);
}

} // namespace grokreport::bench
