#include "sections/imported/section.h"

#include "sections/attention/section.h"
#include "sections/decoder/section.h"
#include "sections/embedding/section.h"
#include "sections/imported/claims.h"
#include "sections/imported/facts.h"
#include "sections/mlp/section.h"
#include "sections/petals/section.h"
#include "sections/readout/section.h"
#include "sections/recombination/section.h"

#include <vector>

namespace grokreport {

SectionOutput imported_section(const ImportedModel& model, const ImportRequest& request,
                               const ImportedResults& results) {
    SectionOutput output;
    for (const auto section : {imported_embedding_section, attention_section, petals_section,
                               recombination_section, mlp_section, decoder_section, imported_readout_section})
        output.add(section(model.models));

    // Replaces the measurements that need more than one checkpoint
    for (Measurement& measurement : imported_measurements(model, results)) {
        std::erase_if(output.measurements,
                      [&](const Measurement& of_section) { return of_section.id == measurement.id; });
        output.measurements.push_back(std::move(measurement));
    }
    output.facts = {{"model", imported_facts(model, request, results)}};
    return output;
}

} // namespace grokreport
