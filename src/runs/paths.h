// Where everything lies, relative to the output root (the repository, unless --output says otherwise).
#pragma once

#include "model/config.h"

#include <filesystem>
#include <string>

namespace grokreport {

struct Paths {
    std::filesystem::path root = ".";
    std::filesystem::path templates = "templates"; // prose and page shell: input, not below root

    std::filesystem::path report() const { return root / "report"; }
    std::filesystem::path index() const { return report() / "index.html"; }
    // The write-up of a seed that is not the first of a sweep.
    std::filesystem::path seed_page(std::uint64_t seed) const {
        return report() / "seeds" / ("seed-" + std::to_string(seed) + ".html");
    }
    // Everything about one model that was trained elsewhere.
    std::filesystem::path imported(const std::string& name) const { return report() / "imported" / name; }
    std::filesystem::path junit() const { return report() / "claims.junit.xml"; }
    std::filesystem::path grid() const { return report() / "grid.json"; }
    std::filesystem::path robustness() const { return report() / "robustness.json"; }
    std::filesystem::path robustness_table() const { return report() / "robustness.md"; }
    std::filesystem::path claims() const { return report() / "claims.json"; }
    std::filesystem::path run(const Config& config) const { return report() / "runs" / run_name(config); }
    // Everything that the templates need of a seed, cached by `report` and read again by `render`.
    std::filesystem::path results(std::uint64_t seed) const {
        return report() / "results" / ("seed-" + std::to_string(seed) + ".json");
    }
    // The part of them that comes from the seed alone, whatever other seeds a report shows beside it.
    std::filesystem::path cached_results(std::uint64_t seed) const {
        return report() / "results" / ("seed-" + std::to_string(seed) + ".kept.json");
    }
    std::filesystem::path figures(std::uint64_t seed) const {
        return root / "figures" / ("seed-" + std::to_string(seed));
    }
    // How a file below root is named in what is written: "report/runs/...".
    std::string relative(const std::filesystem::path& file) const {
        return file.lexically_relative(root).generic_string();
    }
};

inline constexpr const char* katex_folder = "/usr/share/javascript/katex"; // Debian's libjs-katex

// Files of one run, inside paths.run(config).
std::string snapshot_file(int epoch); // "epoch-05000.pt"
inline constexpr const char* memorised_file =
    "memorised.pt"; // first evaluated epoch with 100 % train accuracy
inline constexpr const char* config_file = "config.json";
inline constexpr const char* metrics_file = "metrics.csv";
inline constexpr const char* record_file = "training.json";       // who trained it, when and how long
inline constexpr const char* checksums_file = "checksums.sha256"; // of a finished run
inline constexpr const char* pairs_file = "pairs.csv";            // a, b and train or test: the split
inline constexpr const char* resume_file = "resume.pt"; // optimiser moments and epoch, beside the weights

} // namespace grokreport
