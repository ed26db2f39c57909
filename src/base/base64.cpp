#include "base/base64.h"

#include "base/error.h"

#include <algorithm>
#include <openssl/evp.h>

namespace grokreport {

namespace {

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace

std::string to_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0'); // OpenSSL ends it with a zero
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), as_bytes(bytes),
                                     static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), as_bytes(text),
                                     static_cast<int>(text.size()));
    if (size < 0 || text.size() % 4 != 0) throw Error("text that should be base64 is not", "");
    // OpenSSL counts the padding as bytes
    const auto padding =
        std::ranges::count(text.substr(text.size() - std::min<std::size_t>(2, text.size())), '=');
    bytes.resize(static_cast<std::size_t>(size) - static_cast<std::size_t>(padding));
    return bytes;
}

} // namespace grokreport
