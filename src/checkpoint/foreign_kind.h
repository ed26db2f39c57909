// What a file is that is no checkpoint, told by how it begins. Asked only where a reader has refused the
// file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace grokreport {

struct ForeignKind {
    std::string what; // "a web page (HTML)", after "it is"
    std::string mend; // what to give instead
};

// None where the bytes are of no known kind. Reads at most the first and the last 4 KiB.
std::optional<ForeignKind> foreign_kind(std::string_view bytes);

} // namespace grokreport
