// Where the snapshots of one training lie: files that a pattern names, or the models of one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace grokreport {

struct SnapshotPlace {
    std::filesystem::path file;
    std::string item;       // in the file (checkpoint/state_dict.h); empty for the only model
    std::int64_t epoch = 0; // the last number in the file's name, or in the item of one file
};

// The files that the pattern (glob(7)) names, or, where it names one file, its models: ascending by epoch.
// Where a name has no number, or two have the same, the epochs are 0, 1, 2, ... in the order of the names.
// Throws Error where there are fewer than two snapshots, and where the one file is damaged.
std::vector<SnapshotPlace> find_snapshots(const std::string& pattern);

} // namespace grokreport
