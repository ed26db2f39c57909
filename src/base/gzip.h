// Compression with gzip (RFC 1952).
#pragma once

#include <string>
#include <string_view>

namespace grokreport {

// The bytes of a .gz file without name and time, so that the same input gives the same output.
std::string gzip(std::string_view bytes);

} // namespace grokreport
