// SHA-256, so that names and contents can be checked with sha256sum.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grokreport {

// 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);
std::string sha256_of_file(const std::filesystem::path& file); // throws Error when unreadable

} // namespace grokreport
