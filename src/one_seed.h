// One seed of a report: its trained runs analysed, judged and drawn.
#pragma once

#include "claims.h"
#include "figures/draw.h"
#include "options.h"
#include "results.h"

#include <vector>

namespace grokreport {

struct SeedReport {
    Results results;
    std::vector<Claim> claims;
    std::vector<figures::DrawnFigure> drawn;
};

// Reads the trained runs of options.config.seed, analyses and judges them, and draws every figure. Stores
// nothing but the figures.
SeedReport report_on_seed(const Options& options);

// Draws more figures into the same folder, and adds them to the report.
void draw_figures(const Options& options, const std::vector<figures::Drawing>& drawings,
                  const figures::Origin& origin, SeedReport& report);

// Names the Debian package of a program that is missing and that figures or the page need.
void require_programs();

// The claims alone, without a figure.
std::vector<Claim> judge_seed(const Options& options);

} // namespace grokreport
