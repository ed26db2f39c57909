// SHA-256, as sha256sum prints it: 64 lower-case hex digits.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grokreport {

std::string sha256_hex(std::string_view bytes);
std::string sha256_of_file(const std::filesystem::path& file); // throws Error where it cannot be read

} // namespace grokreport
