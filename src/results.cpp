#include "results.h"

#include "base/error.h"
#include "base/files.h"

#include <fmt/format.h>

namespace grokreport {

void save_results(const std::filesystem::path& file, const Results& results) {
    nlohmann::ordered_json figures = nlohmann::ordered_json::array();
    for (const StoredFigure& figure : results.figures)
        figures.push_back({{"id", figure.id},
                           {"content", figure.content},
                           {"seeds", figure.seeds},
                           {"commit", figure.commit}});
    const nlohmann::ordered_json document = {{"claims", results.claims},
                                             {"facts", results.facts},
                                             {"figures", figures},
                                             {"runs", results.runs},
                                             {"data_commit", results.data_commit},
                                             {"options", results.options},
                                             {"by_seeds", results.by_seeds}};
    write_file(file, document.dump(1) + "\n");
}

Results load_results(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw Error(fmt::format("there are no results at {}", file.string()),
                    "run `grokreport report` first");
    try {
        const auto document = nlohmann::ordered_json::parse(read_file(file));
        Results results{.claims = document.at("claims"),
                        .facts = document.at("facts"),
                        .figures = {},
                        .runs = document.at("runs"),
                        .data_commit = document.at("data_commit"),
                        .options = document.at("options"),
                        .by_seeds = document.at("by_seeds")};
        for (const auto& figure : document.at("figures"))
            results.figures.push_back(
                {figure.at("id"), figure.at("content"), figure.at("seeds"), figure.at("commit")});
        return results;
    } catch (const nlohmann::json::exception& broken) {
        throw Error(fmt::format("{} is damaged: {}", file.string(), broken.what()),
                    "run `grokreport report` to write it anew");
    }
}

} // namespace grokreport
