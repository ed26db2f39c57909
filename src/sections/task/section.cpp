#include "sections/task/section.h"

#include "sections/task/facts.h"
#include "sections/task/figures_architecture.h"
#include "sections/task/figures_periodic_representation.h"

namespace grokreport {

SectionOutput task_section(const Models& models) {
    const Config& config = models.config;
    const Pair example = figures::legible_example(config.p);
    return {.measurements = {},
            .facts = {{"run", run_facts(config, models.split, example)}},
            .drawings = {figures::periodic_representation("periodic-representation", config.p, example,
                                                          figures::shown_circles(config.p)),
                         figures::architecture("architecture", config)}};
}

} // namespace grokreport
