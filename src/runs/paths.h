// The names and places of all files that the program reads and writes.
#pragma once

#include "model/config.h"

#include <filesystem>
#include <string>

namespace grokreport {

struct Paths {
    std::filesystem::path root = ".";              // of all output; --output
    std::filesystem::path templates = "templates"; // input: the text and the page shell; not below root
    std::filesystem::path reference{}; // input: the claims of many seeds (claims/reference.h); may be missing

    std::filesystem::path report() const { return root / "report"; }
    std::filesystem::path index() const { return report() / "index.html"; }
    std::filesystem::path claims() const { return report() / "claims.json"; }
    std::filesystem::path claims_csv() const { return report() / "claims.csv"; }
    std::filesystem::path claims_by_seed() const { return report() / "claims-by-seed.csv"; }
    std::filesystem::path junit() const { return report() / "claims.junit.xml"; }
    std::filesystem::path grid() const { return report() / "grid.json"; }
    std::filesystem::path robustness() const { return report() / "robustness.json"; }
    std::filesystem::path robustness_table() const { return report() / "robustness.md"; }
    // The claims of all seeds of a sweep (claims/sweep_store.h).
    std::filesystem::path sweep_store() const { return report() / "sweep.sqlite"; }
    // What is kept of a seed of a sweep whose runs were dropped.
    std::filesystem::path kept(std::uint64_t seed) const {
        return report() / "kept" / ("seed-" + std::to_string(seed));
    }
    // The page of a seed that is not the main one of a sweep.
    std::filesystem::path seed_page(std::uint64_t seed) const {
        return report() / "seeds" / ("seed-" + std::to_string(seed) + ".html");
    }
    // The folder of everything about one model that was trained elsewhere.
    std::filesystem::path imported(const std::string& name) const { return report() / "imported" / name; }
    // The folder of one run.
    std::filesystem::path run(const Config& config) const { return report() / "runs" / run_name(config); }
    // The results of a seed as the last report showed them (results_store.h).
    std::filesystem::path results(std::uint64_t seed) const {
        return report() / "results" / ("seed-" + std::to_string(seed) + ".json");
    }
    // The results that come from the seed alone, without the other seeds of a sweep (results_cache.h).
    std::filesystem::path results_cache(std::uint64_t seed) const {
        return report() / "results" / ("seed-" + std::to_string(seed) + ".cache.json");
    }
    // The typeset formulas of the page of a seed (render/mathematics.h).
    std::filesystem::path formulas_cache(std::uint64_t seed) const {
        return report() / "results" / ("seed-" + std::to_string(seed) + ".formulas");
    }
    std::filesystem::path figures(std::uint64_t seed) const {
        return root / "figures" / ("seed-" + std::to_string(seed));
    }
    // A file below root as outputs name it: "report/runs/...".
    std::string relative(const std::filesystem::path& file) const {
        return file.lexically_relative(root).generic_string();
    }
};

inline constexpr const char* katex_folder = "/usr/share/javascript/katex"; // of Debian's libjs-katex

// Files of one run, inside Paths::run(config).
std::string snapshot_file(int epoch); // "epoch-05000.pt"
inline constexpr const char* memorised_file =
    "memorised.pt"; // the first evaluated epoch with 100 % train accuracy
inline constexpr const char* config_file = "config.json";
inline constexpr const char* metrics_file = "metrics.csv";
inline constexpr const char* record_file = "training.json"; // who trained it, when, and how long it took
inline constexpr const char* checksums_file = "checksums.sha256"; // of a finished run
inline constexpr const char* pairs_file = "pairs.csv";            // the split: a, b, and train or test
inline constexpr const char* resume_file =
    "resume.pt"; // weights, optimiser moments and epoch of an unfinished run

} // namespace grokreport
