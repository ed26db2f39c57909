#include "sections/attention/section.h"

#include "sections/attention/claims.h"
#include "sections/attention/facts.h"
#include "sections/attention/figures.h"

#include <optional>

namespace grokreport {

SectionOutput attention_section(const Models& models) {
    const AttentionResults results =
        attention_results(models.shown(), models.untrained(), models.config.seed);
    const auto judged = models.has(judged_epoch) ? std::optional(results) : std::nullopt;
    return {.measurements =
                measure_claims(attention_claims(models.config), judged, models.why_not(judged_epoch)),
            .facts = {{"attention", attention_facts(results)}},
            .drawings = {figures::attention_samples("attention-samples", results.samples),
                         figures::attention_periodic("attention-periodic", results.analysis),
                         figures::attention_spectrum("attention-spectrum", results.analysis),
                         figures::attention_full("attention-full", results.analysis)}};
}

} // namespace grokreport
