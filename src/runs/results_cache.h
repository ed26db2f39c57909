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

// The results in `file`. Nothing where the file is missing or damaged, where `is_wanted` is false for them,
// or `is_whole` for one of their figures.
std::optional<Results> results_in(const std::filesystem::path& file,
                                  const std::function<bool(const Results&)>& is_wanted,
                                  const std::function<bool(const StoredFigure&)>& is_whole);

} // namespace grokreport
