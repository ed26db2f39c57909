// Is the fast training the textbook one? At each snapshot of a run, the loss and the gradients of the
// factored engine (training/engine.h, float32) against automatic differentiation of the textbook transformer
// (model/textbook_gradient.h, float64).
//
// Where a pre-activation is zero up to single precision, rounding decides on which side of the ReLU's kink it
// falls, and the gradient jumps. Trained models have many such pairs. Both the engine and the textbook
// leave them out.
//
// A bias counts together with the weights of its map, W_out with b_out: the gradient of a bias alone is a sum
// whose terms nearly cancel, of which single precision holds three digits, PyTorch's as well.
#pragma once

#include "claims/measured_claim.h"
#include "runs/trained_run.h"
#include "sections/section.h"

#include <string>
#include <vector>

namespace grokreport {

struct SnapshotError {
    int epoch = 0;
    int left_out = 0;        // training pairs with a pre-activation at a kink
    double loss = 0;         // |engine - textbook| / textbook
    double gradient = 0;     // |engine - textbook| / |textbook| (norms), the largest of all maps of the model
    std::string parameter{}; // of that largest error
    double other_gradient =
        0; // the same against the textbook's gradient at the snapshot before; NaN at the first
};

struct ExactnessResults {
    std::vector<SnapshotError> snapshots; // by epoch, memorised.pt among them
};

// Throws Error where a snapshot is damaged or LibTorch cannot be loaded.
ExactnessResults compare_with_textbook(const TrainedRun& run);

ClaimList<ExactnessResults> exactness_claims();

// "exact.*" of the templates.
SectionOutput exactness_section(const TrainedRun& run);

} // namespace grokreport
