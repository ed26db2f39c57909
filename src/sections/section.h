// What one section of the post adds to a report. Each folder beside this file is one section: its analysis
// (pure functions), its claims (definition and measurement side by side), its facts (what its template may
// name), its figures, and section.h with the one function that the report calls. sections.h lists them all.
#pragma once

#include "claims/claim.h"
#include "drawing/plot.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace grokreport {

struct SectionOutput {
    std::vector<Measurement> measurements{};                         // one a claim of the section
    nlohmann::ordered_json facts = nlohmann::ordered_json::object(); // {"decoder": {...}}: names of templates
    std::vector<figures::Drawing> drawings{};
    nlohmann::ordered_json explorer = nullptr; // of section 9 alone: readout/explorer.h

    // Appends the output of another section.
    void add(SectionOutput other);
};

} // namespace grokreport
