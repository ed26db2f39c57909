// Base64 (RFC 4648, section 4), the encoding of data: URIs.
#pragma once

#include <string>
#include <string_view>

namespace grokreport {

std::string to_base64(std::string_view bytes);
// Throws Error where the text is not base64.
std::string from_base64(std::string_view text);

} // namespace grokreport
