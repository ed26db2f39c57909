// Reads and writes whole files. A write is atomic: the bytes go to a temporary file in the same folder, are
// flushed to the disk, and the file is renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grokreport {

// The bytes of a file. Throws Error where it is missing, is a folder, or cannot be read.
std::string read_file(const std::filesystem::path& file);

// Replaces `file` by `bytes` atomically and makes its folder where that is missing. Throws Error (disk full,
// no permission) and leaves the old file unchanged then.
void write_file(const std::filesystem::path& file, std::string_view bytes);

// The path of a temporary file or folder beside `target`. It names this machine and this process, so that
// remove_temporary_files() finds it when the process is dead.
std::filesystem::path temporary_name(const std::filesystem::path& target);

// Removes the temporary files in `folder` that dead processes of this machine left.
void remove_temporary_files(const std::filesystem::path& folder);

// Makes the folder and its parents where they are missing. Throws Error where that fails.
void make_folder(const std::filesystem::path& folder);

// Makes the folder, removes its abandoned temporary files, and writes and removes a test file. Throws Error
// where that fails.
void require_writable_folder(const std::filesystem::path& folder);

} // namespace grokreport
