#include "commands/prepare.h"

#include "base/text.h"
#include "pipeline/programs.h"
#include "pipeline/seed_report.h"
#include "pipeline/sweep.h"

#include <fmt/format.h>

namespace grokreport {

namespace {

void list_unprepared(const Sweep& sweep, const Paths& paths) {
    for (const std::uint64_t seed : sweep.seeds)
        if (!is_prepared(for_seed(sweep.study, seed), paths)) fmt::print("{}\n", seed);
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
    for (const SeedOutcome& outcome : analyse_seeds(sweep, place, failures)) {
        fmt::print("seed {} {}\n", outcome.seed,
                   outcome.failure.empty() ? "is ready" : "failed: " + one_line(outcome.failure));
        all_ready = all_ready && outcome.failure.empty();
    }
    return all_ready;
}

} // namespace grokreport
