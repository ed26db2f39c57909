#include "commands/output.h"

#include "base/files.h"
#include "base/text.h"

#include <fmt/format.h>

namespace grokreport {

void write_page(const std::filesystem::path& page, const std::string& html) {
    write_file(page, html);
    fmt::print("wrote {}\n", page.string());
}

void print_verdicts(const nlohmann::ordered_json& claims) {
    for (const auto& claim : claims)
        fmt::print("{:<13} {:<24} {}\n", told_verdict(claim), claim["id"].get<std::string>(),
                   one_line(claim["reason"].get<std::string>()));
}

} // namespace grokreport
