#include "runs/results_cache.h"

#include "base/error.h"
#include "base/hash.h"

#include <algorithm>
#include <vector>

namespace grokreport {

std::string hash_of_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    std::string hashes;
    for (const auto& file : files)
        hashes += sha256_of_file(file) + "  " + file.filename().string() + "\n";
    return sha256_hex(hashes);
}

std::string hash_of_this_program() {
    return sha256_of_file("/proc/self/exe");
}

std::optional<Results> results_in(const std::filesystem::path& file,
                                  const std::function<bool(const Results&)>& is_wanted,
                                  const std::function<bool(const StoredFigure&)>& is_whole) {
    if (!std::filesystem::exists(file)) return std::nullopt;
    try {
        Results results = load_results(file);
        if (!is_wanted(results) || !std::ranges::all_of(results.figures, is_whole)) return std::nullopt;
        return results;
    } catch (const Error&) { // a damaged file is computed again
        return std::nullopt;
    }
}

} // namespace grokreport
