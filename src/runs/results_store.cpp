#include "runs/results_store.h"

#include "base/error.h"

#include <fmt/format.h>

namespace grokreport {

Results stored_results(const Config& config, const Paths& paths) {
    const auto file = paths.results(config.seed);
    Results stored = load_results(file);
    if (stored.claims["config"] != to_json(config))
        throw Error(fmt::format("{} is of another run of seed {} (p {}, {} epochs)", file.string(),
                                config.seed, stored.claims["config"]["p"].dump(),
                                stored.claims["config"]["epochs"].dump()),
                    "give the options of that run, or run `grokreport report` with these");
    return stored;
}

} // namespace grokreport
