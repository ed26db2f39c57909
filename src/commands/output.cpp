#include "commands/output.h"

#include "base/files.h"
#include "base/text.h"
#include "claims/claim.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

void write_page(const std::filesystem::path& page, const std::string& html) {
    write_file(page, html);
    fmt::print("wrote {}\n", page.string());
}

void print_verdicts(const nlohmann::ordered_json& claims) {
    for (const auto& claim : claims)
        fmt::print("{:<13} {:<24} {}\n", claim["verdict"].get<std::string>(), claim["id"].get<std::string>(),
                   one_line(claim["reason"].get<std::string>()));
}

bool all_as_expected(const nlohmann::ordered_json& claims) {
    return std::ranges::all_of(claims, [](const nlohmann::ordered_json& claim) {
        return claim["verdict"] == claim["expected"] || claim["verdict"] == to_string(Verdict::not_run);
    });
}

} // namespace grokreport
