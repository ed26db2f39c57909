// Reads the command line, calls what it asks for, and turns every error into one line and an exit status.
#include "commands/analyze.h"
#include "base/error.h"
#include "base/text.h"
#include "bench/bench.h"
#include "cli/command_line.h"
#include "commands/compare.h"
#include "commands/report.h"
#include "pipeline/train_models.h"
#include "commands/verify.h"
#include "commands/watch.h"

#include <cstdio>
#include <exception>
#include <fmt/format.h>

namespace {

enum ExitStatus { done = 0, failed = 1, bad_usage = 2, unexpected_claim = 3 };

ExitStatus run(const grokreport::Options& options) {
    using grokreport::Action;
    switch (options.action) {
    case Action::show_text:
        fmt::print("{}", options.text);
        return done;
    case Action::prepare:
        if (!options.list) return grokreport::prepare_seeds(options) ? done : failed;
        grokreport::list_unprepared(options);
        return done;
    case Action::train:
        return grokreport::train_models(options).empty() ? done : failed;
    case Action::render:
        grokreport::render_report_again(options);
        return done;
    case Action::watch:
        grokreport::watch_report(options);
        return done;
    case Action::verify:
        return grokreport::verify_claim(options) ? done : failed;
    case Action::analyze:
        return grokreport::analyze_model(options) || !options.strict ? done : unexpected_claim;
    case Action::compare:
        grokreport::compare_runs(options);
        return done;
    case Action::bench:
        grokreport::bench::run_benchmark(options);
        return done;
    case Action::report: {
        const auto [as_expected, all_trained] = grokreport::write_report(options);
        if (!all_trained) return failed;
        return as_expected || !options.strict ? done : unexpected_claim;
    }
    }
    return failed;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(grokreport::parse_options(argc, argv));
    } catch (const grokreport::UsageError& error) {
        fmt::print(stderr, "grokreport: {}\n", grokreport::one_line(error.what()));
        return bad_usage;
    } catch (const std::exception& error) {
        fmt::print(stderr, "grokreport: {}\n", grokreport::one_line(error.what()));
        return failed;
    }
}
