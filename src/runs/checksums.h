// The SHA-256 of each file of a finished run, in a list beside them that `sha256sum -c` reads too. A file
// that is damaged later is found and named before it is used.
#pragma once

#include <filesystem>

namespace grokreport {

// Lists the files that are in the folder now.
void write_checksums(const std::filesystem::path& run_folder);

// Throws Error with the name of the first file that is missing or has other bytes. A run without a list, of
// an older program, passes.
void check_checksums(const std::filesystem::path& run_folder);

} // namespace grokreport
