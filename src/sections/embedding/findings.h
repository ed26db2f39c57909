// From the analyses of section 5 to measurements, one a claim, and to the facts that its text names.
#pragma once

#include "sections/embedding/analysis.h"
#include "claims/claim.h"
#include "model/config.h"

#include <string>
#include <vector>

namespace grokreport {

// What a figure shows in place of a snapshot that the run may not have: the nearest that it has.
struct ShownSpectrum {
    int epoch = 0;
    Spectrum embedding;
};

struct EmbeddingResults {
    Config config;
    Spectrum untrained_embedding, untrained_decoder;
    ShownSpectrum early, middle, late;
    EmbeddingAnalysis analysis; // of the weights at `epoch`: what figures and text show
    int epoch = 0;
    std::string why_not;                  // why the claims are not judged on them; empty where they are
    std::vector<int> shown, shown_others; // frequencies in the figures of circles
};

std::vector<Measurement> embedding_measurements(const EmbeddingResults& results);

nlohmann::ordered_json embedding_facts(const EmbeddingResults& results);

} // namespace grokreport
