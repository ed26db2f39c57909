#include "sections/snapshots/analysis.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

std::vector<Curve> readout_curves(const std::vector<Snapshot>& snapshots) {
    std::vector<Curve> curves;
    const std::vector<Claim>& claims = snapshots.front().claims;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        const ClaimDefinition& definition = claims[i].definition;
        if (!definition.id.starts_with("readout.")) continue;
        for (std::size_t check = 0; check < definition.checks.size(); ++check) {
            Curve curve{definition.id, check, definition.checks[check].bound, {}};
            for (const Snapshot& snapshot : snapshots) {
                const std::vector<double>& values = snapshot.claims[i].measurement.values;
                curve.values.push_back(check < values.size() ? values[check] : std::nan(""));
            }
            if (std::ranges::any_of(curve.values, [](double value) { return std::isfinite(value); }))
                curves.push_back(std::move(curve));
        }
    }
    return curves;
}

} // namespace grokreport
