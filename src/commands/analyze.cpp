#include "commands/analyze.h"

#include "base/files.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/text.h"
#include "claims/junit.h"
#include "commands/output.h"
#include "pipeline/needs.h"
#include "pipeline/printed_options.h"
#include "pipeline/programs.h"
#include "pipeline/seed_report.h"
#include "render/chapters.h"
#include "render/page.h"
#include "runs/provenance.h"
#include "sections/imported/claims.h"
#include "sections/imported/facts.h"
#include "sections/imported/section.h"
#include "sections/snapshots/analysis.h"
#include "sections/snapshots/facts.h"
#include "sections/snapshots/figures.h"

#include <Eigen/Core>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <fmt/format.h>
#include <span>

namespace grokreport {

namespace {

// The name of the folder: the name of the file, the item in it, and the beginning of the file's hash.
std::string name_of(const ImportedModel& model) {
    constexpr std::size_t digits = 8;
    std::string name = model.file.stem().string() + (model.item.empty() ? "" : "-" + model.item);
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

Json imported_document(const ImportedModel& model, const ImportRequest& request,
                       const ImportedResults& results, const std::vector<Claim>& claims) {
    return {{"schema", 1},
            {"seed", nullptr},
            {"config", config_of(model)},
            {"provenance", provenance()},
            {"key_frequencies", {{"imported", model.models.key_frequencies}}},
            {"runs", Json::array()},
            {"model", describe_imported(model, request, results)},
            {"claims", to_json(claims)}};
}

// The table of bounds without the figures that are not drawn.
BoundTable bounds_for(const Config& config, const std::vector<figures::Drawing>& drawings) {
    BoundTable table = table_of_imported_bounds(config);
    for (ClaimDefinition& claim : table)
        std::erase_if(claim.figures, [&](const std::string& figure) {
            return std::ranges::find(drawings, figure, &figures::Drawing::id) == drawings.end();
        });
    return table;
}

// The options of analyze for a reader who has the same file.
std::string command_options(const ImportRequest& request, const std::string& snapshots) {
    std::string text =
        snapshots.empty()
            ? fmt::format(" --checkpoint {}", shell_word(request.checkpoint.filename().string()))
            : fmt::format(" --checkpoints {}",
                          shell_word(std::filesystem::path(snapshots).filename().string()));
    // Of several snapshots the item is that of the last, and not an option
    if (!request.item.empty() && snapshots.empty())
        text += fmt::format(" --item {}", shell_word(request.item));
    if (request.layout.layout) text += fmt::format(" --layout {}", to_string(*request.layout.layout));
    if (request.layout.p) text += fmt::format(" --p {}", *request.layout.p);
    if (request.split_seed)
        text += fmt::format(" --split nanda --split-seed {} --train-fraction {}", *request.split_seed,
                            request.train_fraction);
    if (!request.split_file.empty())
        text += fmt::format(" --split-file {}", shell_word(request.split_file.filename().string()));
    return text;
}

void print_scores(const char* name, const Scores& scores) {
    if (scores.n > 0)
        fmt::print("{:<16} {} of {} pairs right, loss {:.4g}\n", name,
                   std::lround(scores.accuracy * static_cast<double>(scores.n)), scores.n, scores.loss);
}

void print_other_task(const ImportedModel& model, const ImportedResults& results) {
    const int p = model.models.config.p;
    fmt::print(
        "does not answer a + b mod {} on any split: {:.1f} % of all pairs, and guessing gives {:.1f} %\n", p,
        100 * results.all.accuracy, 100.0 / p);
    if (results.other_task)
        fmt::print("it answers {} mod {}, on {:.1f} % of all pairs; the claims below are about addition\n",
                   results.other_task->name, p, 100 * results.other_task->accuracy);
    else if (results.other_modulus)
        fmt::print("it answers a + b mod {0}: give --p {0}\n", *results.other_modulus);
    else
        fmt::print("does it compute something else? a - b, b - a and a * b were tried\n");
}

void print_summary(const ImportedModel& model, const ImportedResults& results) {
    if (results.near_chance) print_other_task(model, results);
    const std::vector<std::string> biases = model.models.shown().further_biases();
    fmt::print("{}{}: layout {}, p = {}{}{}{}\n", model.file.string(),
               model.item.empty() ? "" : fmt::format(", item {}", clean_text(model.item)),
               to_string(model.layout), model.models.config.p,
               model.models.shown().has_positions() ? ", with positions" : "",
               biases.empty() ? "" : fmt::format(", with {}", fmt::join(biases, ", ")),
               model.prefix.empty() ? "" : fmt::format(", names begin with {}", clean_text(model.prefix)));
    print_scores("training pairs", results.train);
    print_scores("test pairs", results.test);
    print_scores("all pairs", results.all);
}

ImportRequest request_for(const SnapshotPlace& place, ImportRequest request) {
    request.checkpoint = place.file;
    request.item = place.item;
    return request;
}

Snapshot snapshot_of(const SnapshotPlace& place, const ImportedModel& model, const ImportedResults& results,
                     std::vector<Claim> claims) {
    return {place, results.train, results.test, results.all, model.models.key_frequencies, std::move(claims)};
}

// The claims of one model, without drawing its figures.
Snapshot judge_snapshot(const SnapshotPlace& place, const ImportedModel& model,
                        const ImportRequest& request) {
    const ImportedResults results = analyse_imported(model);
    return snapshot_of(place, model, results,
                       judge_all(table_of_imported_bounds(model.models.config),
                                 imported_section(model, request, results).measurements));
}

// Judges all snapshots but the last, which is judged with its page. `file` is that of the last, which may
// hold the others too.
std::vector<Snapshot> judge_earlier(const std::vector<SnapshotPlace>& places, const ImportRequest& request,
                                    const ImportedModel& last, ModelFile file) {
    std::vector<Snapshot> snapshots;
    if (places.empty()) return snapshots;
    Progress progress("judging snapshots", 0, static_cast<int>(places.size()) - 1);
    for (const SnapshotPlace& place : std::span(places).first(places.size() - 1)) {
        const ImportRequest asked = request_for(place, request);
        if (file.path != place.file) {
            file = {}; // never two at once
            file = read_model_file(place.file);
        }
        const ImportedModel model = load_imported_model(file, asked);
        require_same_sizes(model, last);
        snapshots.push_back(judge_snapshot(place, model, asked));
        progress.update(static_cast<int>(snapshots.size()), place.file.filename().string());
    }
    return snapshots;
}

std::vector<SnapshotPlace> places_of(const AnalyzeRequest& request) {
    return request.snapshots.empty() ? std::vector<SnapshotPlace>{} : find_snapshots(request.snapshots);
}

void add_snapshots(const std::vector<Snapshot>& snapshots, SectionOutput& output) {
    output.facts["snapshots"] = snapshot_facts(snapshots);
    if (snapshots.empty()) return;
    output.drawings.push_back(figures::snapshot_verdicts("snapshot-verdicts", snapshots));
    output.drawings.push_back(figures::snapshot_curves("snapshot-curves", snapshots));
}

} // namespace

bool analyze_model(const AnalyzeRequest& request) {
    const Paths& paths = request.place.paths;
    require_programs();
    Eigen::setNbThreads(1); // the last bits of a product depend on the number of threads
    const std::vector<SnapshotPlace> places = places_of(request);
    ImportRequest asked = places.empty() ? request.model : request_for(places.back(), request.model);
    asked.memory = room_for(paths.root).memory;
    ModelFile file = read_model_file(asked.checkpoint);
    const ImportedModel model = load_imported_model(file, asked);
    const std::string name = name_of(model);
    const std::filesystem::path folder = paths.imported(name), figure_folder = folder / "figures";
    require_writable_folder(figure_folder);

    std::vector<Snapshot> snapshots = judge_earlier(places, asked, model, std::move(file));
    const ImportedResults results = analyse_imported(model);
    SectionOutput output = imported_section(model, asked, results);
    const std::filesystem::path chapters = paths.templates / "imported";
    std::erase_if(output.drawings,
                  [shown = render::figures_shown_in(chapters)](const figures::Drawing& drawing) {
                      return !shown.contains(drawing.id); // the sections draw more than these chapters show
                  });
    const std::vector<Claim> claims =
        judge_all(bounds_for(model.models.config, output.drawings), std::move(output.measurements));
    if (!places.empty()) snapshots.push_back(snapshot_of(places.back(), model, results, claims));
    add_snapshots(snapshots, output);
    Results report{.claims = imported_document(model, asked, results, claims),
                   .facts = std::move(output.facts),
                   .figures = {},
                   .runs = Json::array(),
                   .data_commit = "",
                   .options = command_options(asked, request.snapshots),
                   .model = name,
                   .explorer = std::move(output.explorer)};
    draw_figures(output.drawings, {"model " + name, ""}, figure_folder, request.place.threads, {}, report);
    remove_other_figures(figure_folder, report);

    if (!snapshots.empty()) report.claims["snapshots"] = describe_snapshots(snapshots);

    const std::string page = render_report(report, paths, {.chapters = chapters, .figures = figure_folder});
    write_file(folder / "claims.json", report.claims.dump(2) + "\n");
    write_file(folder / "claims.junit.xml", junit_xml(report.claims));
    print_summary(model, results);
    print_verdicts(report.claims["claims"]);
    write_page(folder / "index.html", page);
    return all_as_expected(report.claims["claims"]);
}

} // namespace grokreport
