// From the analyses of section 5 to measurements, one a claim, and to the facts that its text names.
#pragma once

#include "analysis/embedding.h"
#include "claims.h"
#include "config.h"

#include <optional>
#include <vector>

namespace grokreport {

// The epochs at which the post shows the spectrum of W_E. The last is that of every claim of section 5.
inline constexpr int early_epoch = 5000;
inline constexpr int middle_epoch = 10000;
inline constexpr int late_epoch = 20000;

// What a figure shows in place of a snapshot that the run may not have: the nearest that it has.
struct ShownSpectrum {
    int epoch = 0;
    Spectrum embedding;
};

struct EmbeddingResults {
    Config config;
    Spectrum untrained_embedding, untrained_decoder;
    ShownSpectrum early, middle, late;
    std::optional<EmbeddingAnalysis> claimed; // of the snapshot at late_epoch, where there is one
    EmbeddingAnalysis last;                   // of the last snapshot: what figures and text show
    int last_epoch = 0;
    std::vector<int> shown, shown_others; // frequencies in the figures of circles
};

std::vector<Measurement> embedding_measurements(const EmbeddingResults& results);

nlohmann::ordered_json embedding_facts(const EmbeddingResults& results);

} // namespace grokreport
