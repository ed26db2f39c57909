// The cache of the results of a seed: a second report of the same weights by the same program computes
// nothing again.
#pragma once

#include "runs/results.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace grokreport {

// SHA-256 over the names and the bytes of all files in `folder`, without its subfolders.
std::string hash_of_files(const std::filesystem::path& folder);

// SHA-256 over the bytes of the running program.
std::string hash_of_this_program();

// The results in `file`. Nothing where the file is missing or damaged, where its Results::computed_from
// differs from `computed_from`, or where `is_whole` is false for one of its figures.
std::optional<Results> cached_results(const std::filesystem::path& file, const std::string& computed_from,
                                      const std::function<bool(const StoredFigure&)>& is_whole);

void cache_results(const std::filesystem::path& file, const Results& results);

// To be called before the figures of the seed are drawn again: the cached results belong to the old files.
void discard_cached_results(const std::filesystem::path& file);

} // namespace grokreport
