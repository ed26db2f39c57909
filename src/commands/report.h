// The pipeline, readable as a table of contents: train, analyse, judge, draw, write.
#pragma once

#include "cli/options.h"

namespace grokreport {

struct ReportOutcome {
    bool as_expected = false; // every claim of the main seed that was run
    bool all_trained = false; // and analysed: no seed failed
};

// The whole road to report/index.html, over every seed of options.seeds: the first is the main one, each
// other gets a page of its own, and together they say which claims are robust. Where the first fails, the
// next that does not takes its place; throws Error where all fail.
ReportOutcome write_report(const Options& options);

// The part of it that belongs to each seed alone, for a sweep that is spread over several machines: trains,
// analyses and draws, and writes no page. A later write_report finds that done. Whether no seed failed.
bool prepare_seeds(const Options& options);

// Prints those of options.seeds for which prepare_seeds has something to do, one a line.
void list_unprepared(const Options& options);

// report/index.html from what the last write_report of this seed left, without training or analysing.
void render_report_again(const Options& options);

} // namespace grokreport
