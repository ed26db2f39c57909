#include "commands/analyze.h"

#include "base/files.h"
#include "base/json.h"
#include "base/json_numbers.h"
#include "base/progress.h"
#include "base/text.h"
#include "sections/bounds.h"
#include "drawing/draw.h"
#include "claims/junit.h"
#include "pipeline/seed_report.h"
#include "runs/provenance.h"
#include "render/page.h"
#include "sections/imported/section.h"

#include <Eigen/Core>
#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

namespace {

// As a name of a folder: of the file and of its content.
std::string name_of(const ImportedModel& model) {
    constexpr std::size_t digits = 8;
    std::string name = model.file.stem().string();
    std::ranges::replace_if(
        name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '_' && c != '-' && c != '.'; }, '_');
    return name + "-" + model.sha256.substr(0, digits);
}

Json config_of(const ImportedModel& model) {
    const Config& config = model.models.config;
    return {{"variant", "imported"},       {"p", config.p},
            {"d_vocab", config.d_vocab()}, {"d_model", config.d_model},
            {"n_heads", config.n_heads},   {"d_head", config.d_head},
            {"d_mlp", config.d_mlp},       {"positions", model.models.shown().has_positions()}};
}

Json claims_document(const ImportedModel& model, const ImportOptions& options, const ImportedResults& results,
                     const std::vector<Claim>& claims) {
    Json judged = Json::array();
    for (const Claim& claim : claims)
        judged.push_back(to_json(claim));
    return {{"schema", 1},
            {"seed", nullptr},
            {"config", config_of(model)},
            {"provenance", provenance()},
            {"key_frequencies", {{"imported", model.models.key_frequencies}}},
            {"runs", Json::array()},
            {"model", describe_imported(model, options, results)},
            {"claims", judged}};
}

// The claims name no figure that is not drawn.
BoundTable bounds_for(const Config& config, const std::vector<figures::Drawing>& drawings) {
    BoundTable table = table_of_imported_bounds(config);
    for (ClaimDefinition& claim : table)
        std::erase_if(claim.figures, [&](const std::string& figure) {
            return std::ranges::find(drawings, figure, &figures::Drawing::id) == drawings.end();
        });
    return table;
}

std::vector<StoredFigure> draw(const std::vector<figures::Drawing>& drawings, const std::string& name,
                               const std::filesystem::path& folder, int threads) {
    const figures::Origin origin{fmt::format("model {}", name), ""};
    Progress progress("drawing figures", 0, static_cast<int>(drawings.size()));
    int done = 0;
    const std::vector<figures::DrawnFigure> drawn =
        figures::draw_all(drawings, origin, folder, threads,
                          [&](const figures::DrawnFigure& figure) { progress.update(++done, figure.id); });
    std::vector<StoredFigure> stored;
    std::vector<std::string> ids;
    for (const figures::DrawnFigure& figure : drawn) {
        stored.push_back({figure.id, figure.content, origin.seeds, origin.commit});
        ids.push_back(figure.id);
    }
    figures::remove_other_figures(ids, folder);
    return stored;
}

// What a reader with the same file would type.
std::string command_options(const ImportOptions& options) {
    std::string text = fmt::format(" --checkpoint {}", shell_word(options.checkpoint.filename().string()));
    if (options.layout.layout) text += fmt::format(" --layout {}", to_string(*options.layout.layout));
    if (options.layout.p) text += fmt::format(" --p {}", *options.layout.p);
    if (options.split_seed)
        text += fmt::format(" --split nanda --split-seed {} --train-fraction {}", *options.split_seed,
                            options.train_fraction);
    if (!options.split_file.empty())
        text += fmt::format(" --split-file {}", shell_word(options.split_file.filename().string()));
    return text;
}

void print_scores(const char* name, const Scores& scores) {
    if (scores.n > 0)
        fmt::print("{:<16} {} of {} pairs right, loss {:.4g}\n", name,
                   std::lround(scores.accuracy * static_cast<double>(scores.n)), scores.n, scores.loss);
}

void print_summary(const ImportedModel& model, const ImportedResults& results,
                   const std::vector<Claim>& claims) {
    fmt::print("{}: layout {}, p = {}{}\n", model.file.string(), to_string(model.layout),
               model.models.config.p, model.models.shown().has_positions() ? ", with positions" : "");
    print_scores("training pairs", results.train);
    print_scores("test pairs", results.test);
    print_scores("all pairs", results.all);
    for (const Claim& claim : claims)
        fmt::print("{:<13} {:<24} {}\n", to_string(claim.verdict), claim.definition.id,
                   one_line(claim.reason));
}

} // namespace

bool analyze_model(const Options& options) {
    require_programs();
    Eigen::setNbThreads(1); // the last bits of a product would depend on the number of threads
    const ImportedModel model = load_imported_model(options.imported);
    const std::string name = name_of(model);
    const std::filesystem::path folder = options.paths.imported(name);
    require_writable_folder(folder / "figures");

    const ImportedResults results = analyse_imported(model);
    Findings findings = find_imported(model, options.imported, results);
    const std::vector<Claim> claims =
        judge_all(bounds_for(model.models.config, findings.drawings), std::move(findings.measurements));
    const Results told{.claims = claims_document(model, options.imported, results, claims),
                       .facts = std::move(findings.facts),
                       .figures = draw(findings.drawings, name, folder / "figures", options.threads),
                       .runs = Json::array(),
                       .data_commit = "",
                       .options = command_options(options.imported),
                       .model = name};
    const std::string page =
        render_report(told, options.paths,
                      {.chapters = options.paths.templates / "imported", .figures = folder / "figures"});
    write_file(folder / "index.html", page);
    write_file(folder / "claims.json", told.claims.dump(2) + "\n");
    write_file(folder / "claims.junit.xml", junit_xml(told.claims));
    print_summary(model, results, claims);
    fmt::print("wrote {}\n", (folder / "index.html").string());
    return std::ranges::all_of(claims, [](const Claim& claim) { return claim.as_expected(); });
}

} // namespace grokreport
