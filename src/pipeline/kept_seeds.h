// What a sweep keeps of a seed whose claims are in the store (claims/sweep_store.h): the last weights of the
// models with and without ReLU, and the curves of all three. A page that was not kept needs the trainings
// again.
#pragma once

#include "pipeline/study.h"

#include <string>

namespace grokreport {

// What the claims of a seed are the answer to: a hash of the settings and of the definitions.
std::string asked_of(const Study& study);

// Whether every run of the study is there, trained to its end.
bool has_runs(const Study& study, const Paths& paths);

// Writes what is kept of the seed to Paths::kept(seed), then deletes its runs and its cached results, and,
// where the seed has no page, its figures. A run that is not there leaves what was kept of it before. A kill
// at any point is mended by the next call.
void drop_runs(const Study& study, const Paths& paths);

} // namespace grokreport
