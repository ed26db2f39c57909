#include "results.h"

#include "base/error.h"
#include "base/files.h"

#include <fmt/format.h>

namespace grokreport {

void save_results(const std::filesystem::path& file, const Results& results) {
    const nlohmann::ordered_json document = {
        {"claims", results.claims}, {"facts", results.facts}, {"figures", results.figures}};
    write_file(file, document.dump(1) + "\n");
}

Results load_results(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw Error(fmt::format("there are no results at {}", file.string()),
                    "run `grokreport report` first");
    try {
        const auto document = nlohmann::ordered_json::parse(read_file(file));
        return {document.at("claims"), document.at("facts"), document.at("figures")};
    } catch (const nlohmann::json::exception& broken) {
        throw Error(fmt::format("{} is damaged: {}", file.string(), broken.what()),
                    "run `grokreport report` to write it anew");
    }
}

} // namespace grokreport
