// Everything that the report's text and figures need of one seed: what `report` stores after the analyses and
// `render` reads again, so that a change of prose recomputes nothing.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

struct Results {
    // The document claims.json, exactly as written: seed, config, provenance, key_frequencies, runs, claims.
    nlohmann::ordered_json claims;
    // What templates may name: nested objects whose leaves are text (numbers already formatted), booleans for
    // sections, or arrays of such objects for lists.
    nlohmann::ordered_json facts;
    // Ids of the figures drawn, in the order of the report; their files lie in Paths::figures(seed).
    std::vector<std::string> figures;
};

void save_results(const std::filesystem::path& file, const Results& results);
Results load_results(const std::filesystem::path& file); // throws Error naming the file and the mend

} // namespace grokreport
