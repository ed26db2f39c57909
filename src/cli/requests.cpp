#include "cli/requests.h"

#include "base/error.h"
#include "base/seed_list.h"

#include <algorithm>
#include <chrono>
#include <climits>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <map>
#include <string>
#include <thread>
#include <utility>

namespace grokreport {

namespace {

void check_threads(int threads) {
    const unsigned most_threads = std::max(256U, std::thread::hardware_concurrency());
    if (threads < 1 || threads > static_cast<int>(most_threads))
        throw UsageError(fmt::format("--threads {}: not between 1 and {}", threads, most_threads),
                         "leave it out to use every core");
}

LayoutHints layout_hints(const GivenOptions& given) {
    LayoutHints hints;
    if (!given.layout.empty()) {
        hints.layout = layout_named(given.layout);
        if (!hints.layout)
            throw UsageError(fmt::format("--layout {}: unknown", given.layout),
                             "it is transformerlens or nanda");
    }
    if (given.has("p")) {
        hints.p = given.modulus;
        validate(Config{.p = given.modulus});
    }
    return hints;
}

void require_checkpoint(const GivenOptions& given) {
    if (given.checkpoint.empty())
        throw UsageError("--checkpoint: no file is named", "name the file of a model");
}

ExportRequest export_request(const GivenOptions& given) {
    require_checkpoint(given);
    ExportRequest request{given.checkpoint, given.item, layout_hints(given), given.target};
    if (!is_exportable(request.target))
        throw UsageError(fmt::format("--to {}: of no format that can be written", given.target),
                         "end its name with .safetensors, .pt or .pth");
    return request;
}

// Which model analyze reads, and how.
ImportRequest import_request(const GivenOptions& given) {
    if (given.has("checkpoint") && given.has("checkpoints"))
        throw UsageError("both --checkpoint and --checkpoints", "give one of them");
    if (given.has("checkpoints") && given.has("item"))
        throw UsageError("both --checkpoints and --item", "--item is for one model");
    if (given.checkpoints.empty()) require_checkpoint(given);
    ImportRequest request{.checkpoint = given.checkpoint,
                          .item = given.item,
                          .layout = layout_hints(given),
                          .train_fraction = given.split_fraction,
                          .split_file = given.split_file};
    const bool is_nanda = !given.split.empty(), is_file = !given.split_file.empty();
    if (is_nanda && given.split != "nanda")
        throw UsageError(fmt::format("--split {}: unknown", given.split), "it is nanda, or use --split-file");
    if (is_nanda && is_file) throw UsageError("both --split and --split-file", "give one of them");
    if (!is_nanda && (given.has("split-seed") || given.has("train-fraction")))
        throw UsageError("--split-seed and --train-fraction are for --split nanda", "add --split nanda");
    if (!(request.train_fraction > 0 && request.train_fraction < 1))
        throw UsageError(fmt::format("--train-fraction {}: not between 0 and 1", request.train_fraction),
                         "the paper uses 0.3");
    if (is_nanda) request.split_seed = given.split_seed;
    return request;
}

// Every combination of the listed settings, the last setting running fastest.
std::vector<Config> grid_of(const GivenOptions& given, std::uint64_t seed) {
    std::vector<Config> grid;
    for (const int p : given.p.values)
        for (const double train_fraction : given.train_fraction.values)
            for (const double learning_rate : given.learning_rate.values)
                for (const double weight_decay : given.weight_decay.values) {
                    Config& config = grid.emplace_back(given.config);
                    config.seed = seed;
                    config.p = p;
                    config.train_fraction = train_fraction;
                    config.learning_rate = learning_rate;
                    config.weight_decay = weight_decay;
                }
    return grid;
}

Keep keep_of(const GivenOptions& given) {
    if (given.keep != "last" && given.keep != "all")
        throw UsageError(fmt::format("--keep {}: unknown", given.keep), "it is last or all");
    const std::map<std::string, Pages> pages{
        {"main", Pages::main_seed}, {"failing", Pages::failing}, {"all", Pages::all}};
    const auto found = pages.find(given.pages);
    if (found == pages.end())
        throw UsageError(fmt::format("--pages {}: unknown", given.pages), "it is main, failing or all");
    return {given.keep == "all", found->second};
}

Sweep sweep_of(const GivenOptions& given) {
    Sweep sweep;
    sweep.seeds = given.seeds.empty() ? std::vector{given.config.seed} : parse_seed_list(given.seeds);
    sweep.grid = grid_of(given, sweep.seeds.front());
    Study& study = sweep.study;
    study.config = sweep.grid.front();
    // validate refuses both where twice the epochs are too many
    const int twice =
        static_cast<int>(std::min<std::int64_t>(2 * std::int64_t{study.config.epochs}, INT_MAX));
    study.linear_epochs = given.linear_epochs != 0 ? given.linear_epochs : twice;
    study.paper = given.paper;
    sweep.keep = keep_of(given);
    return sweep;
}

// Before the seeds and settings are read.
void check_given(Action action, const GivenOptions& given) {
    if (given.has("linear-epochs") && given.linear_epochs < 1)
        throw UsageError("--linear-epochs: fewer than 1", "train for at least one epoch");
    if (action == Action::compare && given.compared.size() != 2)
        throw UsageError(fmt::format("{} runs to compare", given.compared.size()), "name two");
    if (given.has("seeds") && given.has("seed"))
        throw UsageError("both --seed and --seeds", "give one of them");
}

void check_sweep(Action action, const GivenOptions& given, const Sweep& sweep) {
    if (!(given.save_every >= 0 && given.save_every <= 30))
        throw UsageError(fmt::format("--save-every {}: not between 0 and 30 seconds", given.save_every),
                         "leave it out for 20");
    for (const Config& config : sweep.grid)
        validate(config);
    const bool sweeps = action == Action::report || action == Action::prepare || action == Action::train ||
                        action == Action::reference;
    if (!sweeps && (sweep.seeds.size() > 1 || sweep.grid.size() > 1))
        throw UsageError("several seeds or settings are for report, prepare and train", "give one");
    validate(variant_of(sweep.study, Variant::linear));
    if ((action == Action::prepare || action == Action::reference) && sweep.grid.size() > 1)
        throw UsageError("several settings for a command that takes several seeds only",
                         "make a grid with report");
    if (given.retrain && (given.gather || given.list))
        throw UsageError("--retrain with --gather or --list, which train nothing", "leave one of them out");
    if (given.paper && given.gather)
        throw UsageError("--paper with --gather, which trains nothing",
                         "leave --paper out: the model is shown where it is there");
}

ClaimsRequest claims_request(const GivenOptions& given) {
    validate(given.config);
    return {given.config, given.json};
}

ExplainRequest explain_request(const GivenOptions& given, const Config& config, const Place& place) {
    for (const auto& [name, number] : {std::pair("--a", given.a), std::pair("--b", given.b)})
        if (number < 0 || number >= config.p)
            throw UsageError(fmt::format("{} {}: not between 0 and {}", name, number, config.p - 1),
                             "the model adds numbers modulo p");
    return {config, place.paths, given.a, given.b};
}

// The table of the source holds one setting, so that all its seeds can be counted together.
ReferenceRequest reference_request(const GivenOptions& given, const TrainRequest& training) {
    const Study &study = training.sweep.study, plain{.config = {.seed = study.config.seed}};
    const bool is_default =
        study.config == plain.config && study.linear_epochs == plain.linear_epochs && !study.paper;
    if (!is_default && !given.has("reference"))
        throw UsageError("the reference has the default settings", "give other settings a table of their own "
                                                                   "with --reference FILE");
    if (training.retrain)
        throw UsageError("--retrain for the reference, which keeps what is trained",
                         "remove the rows of the seeds and their folders below .cache/reference");
    return {training, given.reference, given.rejudge, given.document, given.readme};
}

// Of the commands that take the settings of a run.
Request request_about_runs(Action action, const GivenOptions& given, const Place& place) {
    check_given(action, given);
    const Sweep sweep = sweep_of(given);
    check_sweep(action, given, sweep);
    const Config& config = sweep.study.config;
    const TrainRequest training{sweep, place, given.retrain,
                                std::chrono::milliseconds(std::lround(1000 * given.save_every))};
    switch (action) {
    case Action::report:
        return ReportRequest{training, given.gather};
    case Action::prepare:
        return PrepareRequest{training, given.list};
    case Action::train:
        return training;
    case Action::render:
        return RenderRequest{config, place.paths};
    case Action::watch:
        return WatchRequest{{config, place.paths}, given.port};
    case Action::explain:
        return explain_request(given, config, place);
    case Action::verify:
        return VerifyRequest{sweep.study, place, given.claim};
    case Action::compare:
        return CompareRequest{given.compared[0], given.compared[1], place.paths};
    case Action::reference:
        return reference_request(given, training);
    case Action::bench:
        return bench::BenchRequest{config, given.quick, given.full, given.table};
    case Action::analyze:
    case Action::export_model:
    case Action::claims:
        break;
    }
    throw Error("a command without a request", "");
}

} // namespace

Request request_of(Action action, const GivenOptions& given) {
    if (action == Action::claims) return claims_request(given);
    if (action == Action::export_model) return export_request(given);
    check_threads(given.threads);
    const Place place{{given.output, given.templates, given.reference}, given.threads};
    if (action == Action::analyze) return AnalyzeRequest{import_request(given), given.checkpoints, place};
    return request_about_runs(action, given, place);
}

} // namespace grokreport
