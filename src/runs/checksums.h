// The SHA-256 of every file of a finished run, kept beside them as `sha256sum -c` reads it, so that what is
// damaged later is noticed and named before it is used.
#pragma once

#include <filesystem>

namespace grokreport {

// Of all files that are in the folder now.
void write_checksums(const std::filesystem::path& run_folder);

// Throws Error naming the first file that is missing or has other bytes than it had. A run of a program that
// kept no checksums passes.
void check_checksums(const std::filesystem::path& run_folder);

} // namespace grokreport
