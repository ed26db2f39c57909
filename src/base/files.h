// Reading and writing whole files. What is written appears whole or not at all: it is written beside its
// place, flushed to the disk, and renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grokreport {

// The bytes of a file. Throws Error when it is missing or cannot be read.
std::string read_file(const std::filesystem::path& file);

// Replaces `file` by `bytes` atomically, making its folder where needed. Throws Error (full disk, no
// permission) and then leaves the old file, if any, as it was.
void write_file(const std::filesystem::path& file, std::string_view bytes);

// A name beside `target` for what this process has not finished: remove_temporary_files of a later process finds it.
std::filesystem::path temporary_name(const std::filesystem::path& target);

// Removes what processes of this machine that were killed left beside their files in `folder`.
void remove_temporary_files(const std::filesystem::path& folder);

// Makes the folder, and those above it, where it is not there; throws Error where it cannot be made.
void make_folder(const std::filesystem::path& folder);

// Makes the folder, removes its temporary files, and proves that a file can be written in it; throws Error otherwise.
void require_writable_folder(const std::filesystem::path& folder);

} // namespace grokreport
