// One seed of a report: its trained runs analysed, judged and drawn.
#pragma once

#include "claims/claim.h"
#include "drawing/provenance.h"
#include "drawing/plot.h"
#include "cli/options.h"
#include "runs/results.h"

#include <functional>
#include <string>
#include <vector>

namespace grokreport {

// Called after each figure: how many of how many are drawn, and its id.
using DrawProgress = std::function<void(int done, int total, const std::string& id)>;

// Reads the trained runs of options.config.seed, analyses and judges them, and draws every figure; or finds
// that this was done before (cached_results.h). Without `progress` it shows its own.
Results report_on_seed(const Options& options, const DrawProgress& progress = {});

// Draws more figures into the same folder, and adds them to the results.
void draw_figures(const Options& options, const std::vector<figures::Drawing>& drawings,
                  const figures::Origin& origin, const DrawProgress& progress, Results& results);

// Removes from the folder of the seed what an earlier report drew and these results do not show.
void remove_other_figures(const Options& options, const Results& results);

// Names the Debian package of a program that is missing and that figures or the page need.
void require_programs();

// The claims alone, without a figure.
std::vector<Claim> judge_seed(const Options& options);

} // namespace grokreport
