// `grokreport analyze`: a model that was trained elsewhere is read, analysed, judged and drawn.
#pragma once

#include "pipeline/study.h"
#include "sections/imported/model.h"

namespace grokreport {

struct AnalyzeRequest {
    ImportRequest model{};
    Place place{};
};

// Writes report/imported/<name>/ (index.html, claims.json, claims.junit.xml and figures/), where <name> is
// the name of the file and the beginning of its hash. Returns whether every claim that was run is as
// expected. Throws Error where the model cannot be read.
bool analyze_model(const AnalyzeRequest& request);

} // namespace grokreport
