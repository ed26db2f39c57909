#include "pipeline/reference.h"

#include "base/error.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "base/json.h"
#include "base/seed_list.h"
#include "base/text.h"
#include "base/version.h"
#include "claims/check_rows.h"
#include "claims/reference.h"
#include "claims/reference_document.h"
#include "pipeline/seed_report.h"
#include "runs/checksums.h"
#include "runs/trained_run.h"
#include "sections/sections.h"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>

namespace grokreport {

namespace fs = std::filesystem;

namespace {

std::vector<CheckRow> read_table(const fs::path& table) {
    if (!fs::exists(table)) return {};
    return check_rows_from_csv(read_file(table), table.string());
}

// What the rows of a seed should state, by claim.
using Definitions = std::map<std::string, std::string>;

Definitions current_definitions(const Config& config) {
    Definitions definitions;
    for (const ClaimDefinition& claim : table_of_bounds(config))
        definitions.emplace(claim.id, definition_hash(claim));
    return definitions;
}

enum class Standing { absent, outdated, current };

// What the table has of a seed: rows of this engine, and with the definitions of this program?
Standing standing_of(std::uint64_t seed, const std::vector<CheckRow>& rows, const Definitions& definitions) {
    Definitions found;
    for (const CheckRow& row : rows)
        if (row.seed == seed && row.engine == engine()) found.emplace(row.claim, row.definition);
    return found.empty() ? Standing::absent : found == definitions ? Standing::current : Standing::outdated;
}

// Replaces the rows of one seed. Reads the table again under a lock: another process may have added to it.
void put_rows(const fs::path& table, const std::vector<CheckRow>& of_seed) {
    make_folder(fs::absolute(table).parent_path());
    const FolderLock lock(fs::absolute(table).parent_path(), FolderLock::IfHeld::wait);
    std::vector<CheckRow> rows = read_table(table);
    std::erase_if(rows, [&](const CheckRow& row) { return row.seed == of_seed.front().seed; });
    rows.insert(rows.end(), of_seed.begin(), of_seed.end());
    std::ranges::stable_sort(rows, {}, &CheckRow::seed);
    write_file(table, to_csv(rows));
}

// Runs of this engine only, so that no run is begun by one and finished by another.
Place place_of_runs(const Place& place) {
    Place runs = place;
    runs.paths.root = place.paths.root / ".cache" / "reference" / engine();
    return runs;
}

Runs load_judged_runs(const Study& study, const Paths& paths) {
    const auto curves = [&](Variant variant) {
        const Config config = variant_of(study, variant);
        return load_curves(config, paths.run(config));
    };
    const Config relu = variant_of(study, Variant::relu);
    return {load_run(relu, paths.run(relu)), curves(Variant::linear), curves(Variant::frozen)};
}

// Whether an earlier call trained the seed to its end.
bool is_kept(const Study& study, const Paths& paths) {
    try {
        load_judged_runs(study, paths);
        return true;
    } catch (const Error&) { // not there, not finished or damaged: it is trained
        return false;
    }
}

// Removes the weights of the models without ReLU, of which claims need the curves only.
void remove_unused_weights(const Study& study, const Paths& paths) {
    for (const Variant variant : {Variant::linear, Variant::frozen}) {
        const fs::path folder = paths.run(variant_of(study, variant));
        fs::remove(folder / checksums_file); // a run without a list is whole at every moment of what follows
        std::vector<fs::path> weights;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".pt") weights.push_back(entry.path());
        for (const fs::path& file : weights)
            fs::remove(file);
        write_checksums(folder);
    }
}

Json document_of(std::uint64_t seed, const std::vector<Claim>& claims) {
    return {{"seed", seed}, {"provenance", {{"commit", commit()}}}, {"claims", to_json(claims)}};
}

// Returns whether the rows of the seed stand in the table.
bool judge_into(const fs::path& table, const Study& study, const Place& runs) {
    const std::uint64_t seed = study.config.seed;
    try {
        const auto claims = judge_runs(load_judged_runs(study, runs.paths), runs.threads);
        put_rows(table, check_rows(document_of(seed, claims), engine()));
        remove_unused_weights(study, runs.paths);
        fmt::print("seed {}: {} of {} claims pass\n", seed,
                   std::ranges::count(claims, Verdict::pass, &Claim::verdict), claims.size());
        std::fflush(stdout);
        return true;
    } catch (const std::exception& failure) {
        fmt::print(stderr, "seed {} has no rows: {}\n", seed, one_line(failure.what()));
        return false;
    }
}

using Seeds = std::vector<std::uint64_t>;

struct Work {
    Seeds judge;    // their weights are kept
    Seeds train;    // and then judge
    Seeds outdated; // neither: another machine trained them, and definitions have changed since
};

Work work_of(const ReferenceRequest& request, const Place& runs) {
    const Study& study = request.training.sweep.study;
    const Definitions definitions = current_definitions(study.config);
    const std::vector<CheckRow> rows = read_table(request.table);
    Work work;
    for (const std::uint64_t seed : request.training.sweep.seeds) {
        const Standing standing = standing_of(seed, rows, definitions);
        if (standing == Standing::current && !request.rejudge) continue;
        if (is_kept(for_seed(study, seed), runs.paths))
            work.judge.push_back(seed);
        else
            (standing == Standing::absent ? work.train : work.outdated).push_back(seed);
    }
    return work;
}

// As many seeds at once as threads: each thread then trains runs of its own until near the end.
bool train_and_judge(const ReferenceRequest& request, const Place& runs, const Seeds& seeds) {
    if (seeds.empty()) return true;
    TrainRequest training = request.training;
    training.place = runs;
    training.sweep.study = for_seed(training.sweep.study, seeds.front());
    training.sweep.seeds = seeds;
    announce_training(training);
    training.is_part = true;
    bool all = true;
    const auto at_once = static_cast<std::size_t>(std::max(1, runs.threads));
    for (std::size_t first = 0; first < seeds.size(); first += at_once) {
        const auto begin = seeds.begin() + static_cast<std::ptrdiff_t>(first);
        training.sweep.seeds.assign(
            begin, begin + static_cast<std::ptrdiff_t>(std::min(at_once, seeds.size() - first)));
        training.sweep.study = for_seed(training.sweep.study, training.sweep.seeds.front());
        train_models(training); // what fails has no runs to judge
        for (const std::uint64_t seed : training.sweep.seeds)
            all = judge_into(request.table, for_seed(request.training.sweep.study, seed), runs) && all;
    }
    return all;
}

void write_texts(const ReferenceRequest& request) {
    const std::vector<CheckRow> rows = read_table(request.table);
    std::set<std::uint64_t> seeds;
    for (const CheckRow& row : rows)
        seeds.insert(row.seed);
    if (seeds.size() < least_reference_seeds) return;
    const BoundTable table = table_of_bounds(request.training.sweep.study.config);
    if (!request.document.empty()) write_file(request.document, reference_document(rows, table));
    if (!request.readme.empty())
        write_file(request.readme,
                   with_paragraph(read_file(request.readme), reference_paragraph(rows, table)));
}

} // namespace

bool make_reference(const ReferenceRequest& request) {
    const Place runs = place_of_runs(request.training.place);
    require_writable_folder(runs.paths.report());
    const Work work = work_of(request, runs);
    fmt::print(
        "{} of {} seeds are up to date in {}; {} to train, {} to judge again\n",
        request.training.sweep.seeds.size() - work.judge.size() - work.train.size() - work.outdated.size(),
        request.training.sweep.seeds.size(), request.table.string(), work.train.size(), work.judge.size());
    if (!work.outdated.empty())
        fmt::print(
            stderr,
            "seeds {} have rows of older definitions, and their weights are not here: judge them where "
            "they were trained, or remove their rows\n",
            describe_seeds(work.outdated));
    std::fflush(stdout);
    bool all = work.outdated.empty();
    for (const std::uint64_t seed : work.judge)
        all = judge_into(request.table, for_seed(request.training.sweep.study, seed), runs) && all;
    all = train_and_judge(request, runs, work.train) && all;
    write_texts(request);
    return all;
}

} // namespace grokreport
