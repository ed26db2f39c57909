// The page of `grokreport compare`: two runs claim by claim, and their figures side by side, in one file.
#pragma once

#include "claims/comparison.h"

#include <filesystem>
#include <string>
#include <vector>

namespace grokreport {

struct ComparedRun {
    std::string name;                      // as the reader gave it: a seed or a path
    std::string commit, seed;              // of its claims.json
    std::filesystem::path figures;         // folder of its SVG files; may be missing
    std::vector<std::string> figure_ids{}; // in the order of its report
};

// templates: the folder with compare.html and style.css. Figures that only one of the runs has are left out.
std::string render_comparison(const ComparedRun& before, const ComparedRun& after,
                              const std::vector<ComparedClaim>& comparison,
                              const std::filesystem::path& templates);

} // namespace grokreport
