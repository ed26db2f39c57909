// Sections 5 and 5.2 of the post: the Fourier coefficient norms of a matrix over the numbers.
#pragma once

#include "drawing/plot.h"
#include "sections/embedding/analysis.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace grokreport::figures {

struct SpectrumFigure {
    const Spectrum& spectrum;
    std::vector<int> key;       // their labels stand out from those of other active frequencies
    std::string_view name;      // gnuplot markup: what the norms are of
    std::optional<int> epoch{}; // of the weights, where it is known
    double highest = 0;         // largest norm that the axis reaches; figures to be compared share it
};

// The largest norm of a spectrum.
double highest_norm(const Spectrum& spectrum);

// A bar each for cos and sin of every frequency k = 1..(p-1)/2, the constant term at 0; active frequencies
// are labelled.
Drawing spectrum(const std::string& id, const SpectrumFigure& shown);

} // namespace grokreport::figures
