// Section 5 of the post: which frequencies the embedding W_E and the decoder W_L use, and whether the numbers
// lie on circles in the planes of these frequencies. Definitions of basis, plane, purity and ring: fourier.h
// and planes.h. Nothing here looks at activations.
#pragma once

#include "model/weights.h"
#include "sections/models.h"
#include "spectral/planes.h"

#include <Eigen/Core>
#include <cstdint>
#include <vector>

namespace grokreport {

// The Fourier coefficients of a matrix with one row a number, as norms over the other axis (the post's
// fourier_coeff_norms). Index k - 1 for k = 1..(p-1)/2.
struct Spectrum {
    double constant_norm = 0;
    Eigen::VectorXd cos_norms;
    Eigen::VectorXd sin_norms;
    Eigen::VectorXd shares;   // of the energy without the constant term
    std::vector<int> active;  // energy share above 2 %, ascending
    double active_share = 0;  // of the energy, all active frequencies together
    double gini_of_norms = 0; // of sqrt(cos^2 + sin^2) over k
};

// X: p x d, one row a number.
Spectrum spectrum_of(const Eigen::MatrixXd& X);

// Gini coefficient of n values that are not negative: sum_i (2 i - n - 1) x_i / (n sum x), x ascending, i
// from 1. 0 where all are equal, 1 - 1/n where all but one are 0 (Hurley and Rickard, "Comparing measures of
// sparsity", 2009). NaN where the sum is 0.
double gini(Eigen::VectorXd values);

// Size of the intersection over that of the union of two ascending sets; NaN where both are empty.
double jaccard(const std::vector<int>& left, const std::vector<int>& right);

// Sum of the shares (index k - 1) at some frequencies.
double share_at(const Eigen::VectorXd& shares, const std::vector<int>& frequencies);

// The circles of one matrix in the plane of every frequency, ascending.
struct PlaneSurvey {
    std::vector<Circle> key;
    std::vector<Circle> others; // every other frequency
    // Beside `others`: the share of the energy of their curves that lies at key frequencies. A plane whose
    // own component is small need not be orthogonal to the key planes, and then shows their circles,
    // foreshortened.
    std::vector<double> leaked;
};
PlaneSurvey survey_planes(const Eigen::MatrixXd& X, const std::vector<int>& key, std::uint64_t seed);

// Everything about one snapshot.
struct EmbeddingAnalysis {
    Spectrum embedding;        // W_E without '=': p x d_model
    Spectrum decoder;          // W_L without '=': p x d_mlp
    std::vector<int> key;      // active in both, ascending
    std::vector<int> idle;     // active in W_E alone
    std::vector<int> inactive; // not active in W_E
    PlaneSurvey embedding_planes, decoder_planes;
};
EmbeddingAnalysis analyse_embedding(const Weights& weights, std::uint64_t seed);

// The planes of a matrix whose frequency is not active in it: the controls of its circles. An idle frequency
// is active in W_E and draws a true circle there (section 9 says what for), so it is no control.
struct InactivePlanes {
    std::vector<Circle> circles;
    double mean_leaked = 0; // mean of PlaneSurvey::leaked over them; NaN where there are none
};
InactivePlanes inactive_planes(const PlaneSurvey& survey, const Spectrum& spectrum);

double mean_radius(const std::vector<Circle>& circles); // NaN where there are none

// The spectrum of W_E in one snapshot.
struct ShownSpectrum {
    int epoch = 0;
    Spectrum embedding;
};

// Everything that the section says of one model.
struct EmbeddingResults {
    int p = 0;
    Spectrum untrained_embedding, untrained_decoder;
    // At 5,000, 10,000 and 20,000 epochs, or at the trained snapshot that is nearest.
    ShownSpectrum early, middle, late;
    EmbeddingAnalysis analysis; // of the weights at `epoch`
    int epoch = 0;
    std::vector<int> shown;        // frequencies in the figures of circles: those with most energy
    std::vector<int> shown_others; // as many others for comparison
};
EmbeddingResults embedding_results(const Models& models);

} // namespace grokreport
