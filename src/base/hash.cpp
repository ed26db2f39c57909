#include "base/hash.h"

#include "base/error.h"
#include "base/files.h"

#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>

namespace grokreport {

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
        throw Error("SHA-256 is not available in this OpenSSL", "install Debian's libssl3");
    std::string hex;
    for (unsigned int i = 0; i < size; ++i)
        hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

std::string sha256_of_file(const std::filesystem::path& file) {
    return sha256_hex(read_file(file));
}

} // namespace grokreport
