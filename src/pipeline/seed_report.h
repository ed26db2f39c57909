// One seed of a report: its trained runs are analysed, judged and drawn.
#pragma once

#include "claims/across_seeds.h"
#include "claims/claim.h"
#include "drawing/plot.h"
#include "drawing/provenance.h"
#include "pipeline/study.h"
#include "runs/results.h"
#include "sections/models.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace grokreport {

// Called after each figure: how many are drawn, how many there are, and the id of the figure.
using DrawProgress = std::function<void(int done, int total, const std::string& id)>;

// Reads the trained runs of the study, analyses and judges them, and draws every figure; or returns the
// cached results of the same inputs (runs/results_cache.h). Without `progress` it shows its own. Throws Error
// where a run is missing or damaged, or where another process draws this seed.
Results report_on_seed(const Study& study, const Place& place, const DrawProgress& progress = {});

// Draws figures into `folder`, on up to `threads` threads, and adds them to the results.
void draw_figures(const std::vector<figures::Drawing>& drawings, const figures::Provenance& provenance,
                  const std::filesystem::path& folder, int threads, const DrawProgress& progress,
                  Results& results);

// Removes figures from `folder` that an earlier report drew and these results do not show.
void remove_other_figures(const std::filesystem::path& folder, const Results& results);

// What the last page of the seed showed, where this program judged it, its claims are those of the document
// `claims`, and its figures are there: such a page can be written again without the runs.
std::optional<Results> results_of_page(std::uint64_t seed, const Paths& paths,
                                       const nlohmann::ordered_json& claims);

// Whether the models of the study are trained and its results are cached.
bool is_prepared(const Study& study, const Paths& paths);

// The outcome of a seed without its figures: cached, or analysed and judged. Throws as report_on_seed does.
SeedOutcome outcome_of_seed(const Study& study, const Place& place);

// The claims alone, without figures.
std::vector<Claim> judge_seed(const Study& study, const Place& place);

// The claims of runs that are read already. Without ReLU only the curves are looked at.
std::vector<Claim> judge_runs(const Runs& runs, int threads);

} // namespace grokreport
