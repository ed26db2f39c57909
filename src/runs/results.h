// Everything that the page of one seed shows. `report` stores it after the analyses, and `render` reads it,
// so a change of the text computes nothing again.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

struct StoredFigure {
    std::string id;
    std::string content; // SHA-256 of what it shows (drawing/draw.h)
    std::string seeds;   // whose runs it shows: "seed 0"
    std::string commit;  // of the program that trained them
};

struct Results {
    // The document claims.json, exactly as written: seed, config, provenance, key_frequencies, runs, claims.
    nlohmann::ordered_json claims;
    // What templates may name: nested objects whose leaves are text (numbers already formatted), booleans for
    // sections, or arrays of such objects for lists.
    nlohmann::ordered_json facts;
    // In the order of the report; their files lie in Paths::figures(seed).
    std::vector<StoredFigure> figures;
    // The runs again, with what differs from one training to the next and so is not in claims.json:
    // {variant, path, checkpoints: [{epoch, sha256}], record (record.h)}.
    nlohmann::ordered_json runs;
    // Of the program that trained the runs, as the files of the figures state it (drawing/provenance.h).
    std::string data_commit;
    // What to add to a command to mean this run: " --seed 1"; empty for the default run.
    std::string options;
    // The name on the page of a model that was trained elsewhere; empty for our own runs.
    std::string model{};
    // Of the main seed of a sweep: {passed, judged} by id of a claim, counts of seeds. Null for other seeds.
    nlohmann::ordered_json by_seeds = nullptr;
    // What the page's model explorer needs (sections/readout/explorer.h): {left_out, a, b, settings, model}.
    nlohmann::ordered_json explorer = nullptr;
    // A hash of all inputs (results_cache.h).
    std::string computed_from{};
};

// Writes the results with their checksum.
void save_results(const std::filesystem::path& file, const Results& results);

// Throws Error with the name of the file where it is missing, damaged, or has another checksum.
Results load_results(const std::filesystem::path& file);

} // namespace grokreport
