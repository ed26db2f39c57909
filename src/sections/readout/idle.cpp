#include "sections/readout/evenness.h"

#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

double IdleFrequencies::share() const {
    return static_cast<double>(doubles.size()) / static_cast<double>(idle.size());
}

double IdleFrequencies::expected_share() const {
    return static_cast<double>(doubles_outside) / outside;
}

double IdleFrequencies::chance() const {
    // Hypergeometric: of n drawn one after the other, each finds one double and one frequency fewer
    double probability = 1;
    for (int drawn = 0; drawn < static_cast<int>(idle.size()); ++drawn)
        probability *= static_cast<double>(std::max(0, doubles_outside - drawn)) / (outside - drawn);
    return probability;
}

IdleFrequencies idle_frequencies(const Weights& weights, const std::vector<int>& key) {
    const int p = weights.p(), n_frequencies = (p - 1) / 2;
    const std::vector<int> active = active_frequencies(energy_shares(number_embeddings(weights)));
    const std::vector<int> doubles = doubles_outside(key, p);
    IdleFrequencies found;
    found.outside = n_frequencies - static_cast<int>(key.size());
    found.doubles_outside = static_cast<int>(doubles.size());
    found.idle = without(active, key);
    for (const int idle : found.idle)
        for (const int k : key)
            if (double_of(k, p) == idle) found.doubles.push_back({idle, k, std::nan(""), std::nan("")});

    std::vector<int> inactive = without(without(without(all_frequencies(p), active), key), doubles);
    inactive = frequencies_by_energy(weights, std::move(inactive));
    inactive.resize(std::min(inactive.size(), found.doubles.size()));
    found.others = inactive;
    return found;
}

} // namespace grokreport
