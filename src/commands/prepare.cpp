#include "commands/prepare.h"

#include "base/text.h"
#include "claims/sweep_store.h"
#include "pipeline/kept_seeds.h"
#include "pipeline/programs.h"
#include "pipeline/seed_report.h"
#include "pipeline/sweep.h"

#include <filesystem>
#include <fmt/format.h>
#include <optional>

namespace grokreport {

namespace {

// A seed whose runs a gathering has dropped is ready, but for the main one, whose page is drawn from them.
void list_unprepared(const Sweep& sweep, const Paths& paths) {
    std::optional<SweepStore> store;
    if (std::filesystem::exists(paths.sweep_store())) store.emplace(paths.sweep_store());
    for (const std::uint64_t seed : sweep.seeds) {
        const Study study = for_seed(sweep.study, seed);
        if (!has_runs(study, paths)) {
            if (store && seed != sweep.seeds.front() && store->find(asked_of(study), seed)) continue;
            fmt::print("{}\n", seed);
        } else if (!is_prepared(study, paths)) {
            fmt::print("{}\n", seed);
        }
    }
}

} // namespace

bool prepare_seeds(const PrepareRequest& request) {
    const Sweep& sweep = request.training.sweep;
    const Place& place = request.training.place;
    if (request.list) {
        list_unprepared(sweep, place.paths);
        return true;
    }
    require_programs();
    const TrainingFailures failures = train_models(request.training);
    bool all_ready = failures.empty();
    Sweep drawn = sweep; // a gathering decides what it keeps
    drawn.keep.pages = Pages::all;
    for (const SeedOutcome& outcome : analyse_seeds(drawn, place, failures, nullptr)) {
        fmt::print("seed {} {}\n", outcome.seed,
                   outcome.failure.empty() ? "is ready" : "failed: " + one_line(outcome.failure));
        all_ready = all_ready && outcome.failure.empty();
    }
    return all_ready;
}

} // namespace grokreport
