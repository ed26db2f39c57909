#include "bench/bench.h"

#include "base/files.h"
#include "base/version.h"
#include "bench/kernels.h"
#include "bench/sections.h"
#include "runs/provenance.h"

#include <cstdio>
#include <fmt/format.h>
#include <string>

namespace grokreport::bench {

void run_benchmark(const BenchRequest& request) {
    const Effort effort{request.quick ? 1 : request.full ? 9 : 3, request.full};
    std::string text =
        fmt::format("# What training costs\n\nMeasured at commit {}, on {}. Medians; all of a table was "
                    "measured in turns, so that its ratios hold where its times drift. {}.\n",
                    commit(), provenance_of_numbers().at("cpu").get<std::string>(), kernels());
    for (const std::string& warning : environment_warnings())
        text += "\n**Warning:** " + warning + "\n";
    fmt::print("{}", text);
    for (const auto& section :
         {comparison_table, python_table, profile_table, scaling_table, library_table}) {
        const std::string table = "\n" + section(request.config, effort);
        fmt::print("{}", table);
        std::fflush(stdout);
        text += table;
    }
    if (!request.table.empty()) write_file(request.table, text);
}

} // namespace grokreport::bench
