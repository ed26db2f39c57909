// What the command line asks for: one request for each command, defined beside the function that takes it.
#pragma once

#include "bench/bench.h"
#include "cli/given_options.h"
#include "commands/analyze.h"
#include "commands/claims.h"
#include "commands/compare.h"
#include "commands/explain.h"
#include "commands/export_model.h"
#include "commands/prepare.h"
#include "commands/reference.h"
#include "commands/render.h"
#include "commands/report.h"
#include "commands/verify.h"
#include "commands/watch.h"
#include "pipeline/train_models.h"

#include <string>
#include <variant>

namespace grokreport {

// --help and --version.
struct ShowText {
    std::string text;
};

using Request = std::variant<ShowText, ReportRequest, PrepareRequest, TrainRequest, RenderRequest,
                             WatchRequest, AnalyzeRequest, ExportRequest, ClaimsRequest, ExplainRequest,
                             VerifyRequest, CompareRequest, ReferenceRequest, bench::BenchRequest>;

// Checks the options of a command and returns its request. Throws UsageError: options that exclude each
// other, a value out of its range, a config that no run can have.
Request request_of(Action action, const GivenOptions& given);

} // namespace grokreport
