// The road of a model that was trained elsewhere: read, analyse, judge, draw, write.
#pragma once

#include "cli/options.h"

namespace grokreport {

// Writes report/imported/<name>/ (index.html, claims.json, claims.junit.xml and figures/), where <name> is
// that of the file and the beginning of its hash, so that no other report is touched. Returns whether every
// claim that was run is as expected. Throws Error where the model cannot be read.
bool analyze_model(const Options& options);

} // namespace grokreport
