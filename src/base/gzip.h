// Compression that every system and every browser undoes.
#pragma once

#include <string>
#include <string_view>

namespace grokreport {

// A .gz file without name and time: equal bytes give equal bytes.
std::string gzip(std::string_view bytes);

} // namespace grokreport
