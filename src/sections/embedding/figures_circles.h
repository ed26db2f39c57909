// The p numbers in the planes of some frequencies, coloured by their phase as in the post (section 5.1, and
// wherever numbers lie on circles).
#pragma once

#include "drawing/plot.h"

#include <Eigen/Core>
#include <string>
#include <vector>

namespace grokreport::figures {

struct CirclePanel {
    int k = 0;
    Eigen::MatrixXd points; // p x 2: row n is the number n; any scale, the origin in the middle of the panel
    std::string note;       // plain text below the panel: "purity 0.99 (0.15)"
};

// X (p x d, one row a number) in the plane of each frequency, projected as the post does: on the normalised
// cos and sin coefficient vectors, which are only nearly orthogonal. The notes are left empty.
std::vector<CirclePanel> projected(const Eigen::MatrixXd& X, const std::vector<int>& frequencies);

// The largest coordinate, in size, of any point; figures to be compared share it.
double reach_of(const std::vector<CirclePanel>& panels);

// One panel a frequency, all on the scale on which `reach` fills a panel, with a bar of that scale and the
// colours of the phases. No panel: a figure that says so.
Drawing circles(const std::string& id, const std::vector<CirclePanel>& panels, double reach);

} // namespace grokreport::figures
