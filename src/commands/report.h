// `grokreport report`: train, analyse, judge, draw, write.
#pragma once

#include "pipeline/train_models.h"

namespace grokreport {

struct ReportRequest {
    TrainRequest training{};
    bool gather = false; // train nothing, and report on the seeds that are there
};

struct ReportOutcome {
    bool as_expected = false; // every claim of the main seed that was run
    bool all_trained = false; // and analysed: no seed failed
};

// Writes report/index.html, claims.json and claims.junit.xml of the main seed, for several seeds or settings
// what they show together, and the pages of other seeds that sweep.keep asks for. Where the main seed fails,
// the next seed that was judged and whose runs are there takes its place. Throws Error where there is none,
// and where another process writes this report.
ReportOutcome write_report(const ReportRequest& request);

} // namespace grokreport
