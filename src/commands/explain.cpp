#include "commands/explain.h"

#include "runs/trained_run.h"
#include "sections/models.h"
#include "sections/readout/explain.h"

#include <fmt/format.h>

namespace grokreport {

void explain_sum(const ExplainRequest& request) {
    const Models models = load_models(load_run(request.config, request.paths.run(request.config)));
    if (models.key_frequencies.empty())
        fmt::print("The model has no key frequency; these have most energy in W_E.\n\n");
    fmt::print("{}", to_text(explain_pair(models.shown(), models.shown_frequencies(), request.a, request.b)));
}

} // namespace grokreport
