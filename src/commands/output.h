// What several commands write and print in the same way.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace grokreport {

// Writes a page and prints its name.
void write_page(const std::filesystem::path& page, const std::string& html);

// claims: the array of claims.json. One line a claim: verdict, id and the reason of the verdict.
void print_verdicts(const nlohmann::ordered_json& claims);

} // namespace grokreport
