// The page of `grokreport compare`: two runs claim by claim, and their figures side by side, in one file.
#pragma once

#include "claims/comparison.h"

#include <filesystem>
#include <string>
#include <vector>

namespace grokreport {

struct ComparedRun {
    std::string name;                      // a seed or a path, as on the command line
    std::string commit, seed;              // of its claims.json
    std::filesystem::path figures;         // the folder of its SVG files; may be missing
    std::vector<std::string> figure_ids{}; // in the order of its report
};

// templates: the folder of compare.html and style.css. The page shows the figures that both runs have. Throws
// Error where a file is missing.
std::string render_comparison(const ComparedRun& before, const ComparedRun& after,
                              const std::vector<ComparedClaim>& comparison,
                              const std::filesystem::path& templates);

} // namespace grokreport
