// A model of the paper's kind beside ours: its spectrum of W_E (section 5) and its attention (section 6). It
// has no claims of its own.
#pragma once

#include "claims/claim.h"
#include "sections/attention/analysis.h"
#include "sections/embedding/analysis.h"
#include "sections/models.h"
#include "sections/paper/model.h"

#include <vector>

namespace grokreport {

// How still the frequencies are that are not active: the mean of their norms, sqrt(cos^2 + sin^2), over that
// of the active ones. NaN where there are none of either.
double noise_floor(const Spectrum& spectrum);

struct PaperResults {
    int epoch = 0;
    double test_accuracy = 0; // at that epoch; NaN where it was not evaluated
    std::vector<int> key;     // K, ascending
    Spectrum spectrum;        // of W_E
    Spectrum ours;            // of the post's model, as shown
    AttentionAnalysis attention;
    Claim periodic; // attention.periodic-a-and-b, judged on this model; in no list of claims
};

// Precondition: the model is there (PaperState::available).
PaperResults analyse_paper(const PaperModel& paper, const Models& ours);

} // namespace grokreport
