// `grokreport analyze`: a model that was trained elsewhere, or the snapshots of its training, are read,
// analysed, judged and drawn.
#pragma once

#include "pipeline/study.h"
#include "sections/imported/model.h"

namespace grokreport {

struct AnalyzeRequest {
    ImportRequest model{};
    std::string snapshots{}; // a pattern of files in place of model.checkpoint (sections/snapshots/places.h)
    Place place{};
};

// Of several snapshots the page is that of the last, with a chapter on all of them.
// Writes report/imported/<name>/ (index.html, claims.json, claims.junit.xml and figures/), where <name> is
// the name of the file and the beginning of its hash. Returns whether every claim that was run is as
// expected. Throws Error where the model cannot be read.
bool analyze_model(const AnalyzeRequest& request);

} // namespace grokreport
