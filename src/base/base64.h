// Bytes as text (RFC 4648), as data: URIs hold them.
#pragma once

#include <string>
#include <string_view>

namespace grokreport {

std::string to_base64(std::string_view bytes);
// Throws Error where the text is no base64.
std::string from_base64(std::string_view text);

} // namespace grokreport
