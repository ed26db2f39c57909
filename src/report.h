// The pipeline, readable as a table of contents: train, analyse, judge, draw, write.
#pragma once

#include "options.h"

namespace grokreport {

// Trains what is missing of the models that a report needs.
void train_models(const Options& options);

// The whole road to report/index.html. Returns whether every claim that was run is as expected.
bool write_report(const Options& options);

// report/index.html from what the last write_report of this seed left, without training or analysing.
void render_report_again(const Options& options);

// The same after every change of a template or of the results, until the process is ended; the page shows itself
// anew in a browser that is open on 127.0.0.1. What is wrong with a template is told there and on stderr, and
// leaves the last good page in place.
[[noreturn]] void watch_report(const Options& options);

// Computes options.claim anew from the stored checkpoints and prints what was measured. Returns whether the
// verdict and the value are those of report/claims.json. Throws Error where there is no such claim.
bool verify_claim(const Options& options);

} // namespace grokreport
