// Files in which the kernel tells numbers: lines of a name and a number, as in /proc/meminfo.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace grokreport {

// The number after the name, colon included: "MemAvailable:". Nothing where there is no such file or line.
std::optional<double> number_after(const std::string& name, const std::filesystem::path& file);

} // namespace grokreport
