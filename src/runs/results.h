// Everything that the report's text and figures need of one seed: what `report` stores after the analyses and
// `render` reads again, so that a change of prose recomputes nothing.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

struct StoredFigure {
    std::string id;
    std::string content; // SHA-256 of what it shows (figures/draw.h)
    std::string seeds;   // whose runs it shows: "seed 0"
    std::string commit;  // of the program that trained them
};

struct Results {
    // The document claims.json, exactly as written: seed, config, provenance, key_frequencies, runs, claims.
    nlohmann::ordered_json claims;
    // What templates may name: nested objects whose leaves are text (numbers already formatted), booleans for
    // sections, or arrays of such objects for lists.
    nlohmann::ordered_json facts;
    // The figures drawn, in the order of the report; their files lie in Paths::figures(seed).
    std::vector<StoredFigure> figures;
    // The runs once more, with what claims.json leaves out because it differs from one training to the next:
    // {variant, path, checkpoints: [{epoch, sha256}], record (training/record.h)}.
    nlohmann::ordered_json runs;
    // Of the program that trained the runs, as the files of the figures say it (figures/origin.h).
    std::string data_commit;
    // What to add to a command to mean this run: " --seed 1"; empty for the default run.
    std::string options;
    // What the page calls a model that was trained elsewhere; empty for our own runs.
    std::string model{};
    // Of the main seed of a sweep: by id of a claim, {passed, judged}, counts of seeds. null otherwise.
    nlohmann::ordered_json by_seeds = nullptr;
    // What all this was computed from (cached_results.h).
    std::string computed_from{};
};

// Writes them with a checksum, which load_results compares.
void save_results(const std::filesystem::path& file, const Results& results);
Results load_results(const std::filesystem::path& file); // throws Error naming the file and the mend

} // namespace grokreport
