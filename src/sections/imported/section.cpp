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

#include <algorithm>
#include <array>
#include <string_view>

namespace grokreport {

namespace {

// What the sections draw and a short report shows; the diagrams, films and sums by frequency it leaves out.
constexpr std::array<std::string_view, 28> shown_figures{
    "spectrum-we",    "circles-we",        "circles-we-other",   "spectrum-wl",
    "circles-wl",     "attention-samples", "attention-periodic", "attention-spectrum",
    "attention-full", "petals-1",          "petals-2",           "petals-3",
    "circles-o",      "dihedral-angles",   "b-up-sorted",        "w-up-planes",
    "relu-ablation",  "circles-mlp",       "decoder-closeup",    "decoder-circles-kept",
    "readout-ledger", "readout-neurons",   "readout-phases",     "readout-decoder",
    "readout-ladder", "readout-evenness",  "readout-rotation",   "readout-contrast"};

} // namespace

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
    std::erase_if(output.drawings, [](const figures::Drawing& drawing) {
        return std::ranges::find(shown_figures, drawing.id) == shown_figures.end();
    });
    return output;
}

} // namespace grokreport
