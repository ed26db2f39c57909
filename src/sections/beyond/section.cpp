#include "sections/beyond/section.h"

#include "sections/beyond/facts.h"
#include "sections/beyond/results.h"

namespace grokreport {

SectionOutput beyond_section(const Models& models, const BoundTable& table,
                             const std::vector<Measurement>& measurements) {
    return {.facts = {{"beyond", beyond_facts(analyse_beyond(models, table, measurements))}}};
}

} // namespace grokreport
