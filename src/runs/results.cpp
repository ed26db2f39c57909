#include "runs/results.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

Json to_json(const Results& results) {
    Json figures = Json::array();
    for (const StoredFigure& figure : results.figures)
        figures.push_back({{"id", figure.id},
                           {"content", figure.content},
                           {"seeds", figure.seeds},
                           {"commit", figure.commit}});
    return {{"claims", results.claims},
            {"facts", results.facts},
            {"figures", figures},
            {"runs", results.runs},
            {"data_commit", results.data_commit},
            {"options", results.options},
            {"by_seeds", results.by_seeds},
            {"explorer", results.explorer},
            {"computed_from", results.computed_from}};
}

Results results_of(const Json& document) {
    Results results{.claims = document.at("claims"),
                    .facts = document.at("facts"),
                    .figures = {},
                    .runs = document.at("runs"),
                    .data_commit = document.at("data_commit"),
                    .options = document.at("options"),
                    .by_seeds = document.at("by_seeds"),
                    .explorer = document.at("explorer"),
                    .computed_from = document.at("computed_from")};
    for (const auto& figure : document.at("figures"))
        results.figures.push_back(
            {figure.at("id"), figure.at("content"), figure.at("seeds"), figure.at("commit")});
    return results;
}

} // namespace

void save_results(const std::filesystem::path& file, const Results& results) {
    const Json document = to_json(results);
    write_file(file, Json{{"sha256", sha256_hex(document.dump())}, {"results", document}}.dump(1) + "\n");
}

Results load_results(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file))
        throw Error(fmt::format("there are no results at {}", file.string()),
                    "run `grokreport report` first");
    const std::string mend = "run `grokreport report` to write it anew";
    try {
        const Json sealed = Json::parse(read_file(file));
        const Json& document = sealed.at("results");
        if (sealed.at("sha256") != sha256_hex(document.dump()))
            throw Error(fmt::format("{} is damaged: its checksum is another", file.string()), mend);
        return results_of(document);
    } catch (const nlohmann::json::exception& broken) {
        throw Error(fmt::format("{} is damaged: {}", file.string(), broken.what()), mend);
    }
}

} // namespace grokreport
