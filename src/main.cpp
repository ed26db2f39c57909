// Reads the command line, calls the command, and turns every error into one line and an exit status.
#include "base/error.h"
#include "base/text.h"
#include "cli/command_line.h"
#include "commands/train.h"

#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <malloc.h>
#include <variant>

namespace {

using namespace grokreport;

enum ExitStatus { done = 0, failed = 1, bad_usage = 2, unexpected_claim = 3 };

// Calls the command of a request.
struct Run {
    bool strict;

    ExitStatus operator()(const ShowText& shown) const {
        fmt::print("{}", shown.text);
        return done;
    }
    ExitStatus operator()(const ReportRequest& request) const {
        const auto [as_expected, all_trained] = write_report(request);
        return all_trained ? status_of(as_expected) : failed;
    }
    ExitStatus operator()(const PrepareRequest& request) const {
        return prepare_seeds(request) ? done : failed;
    }
    ExitStatus operator()(const TrainRequest& request) const { return train_only(request) ? done : failed; }
    ExitStatus operator()(const RenderRequest& request) const {
        render_stored(request);
        return done;
    }
    ExitStatus operator()(const WatchRequest& request) const { watch_report(request); }
    ExitStatus operator()(const AnalyzeRequest& request) const { return status_of(analyze_model(request)); }
    ExitStatus operator()(const ExportRequest& request) const {
        export_model(request);
        return done;
    }
    ExitStatus operator()(const ClaimsRequest& request) const {
        print_claims(request);
        return done;
    }
    ExitStatus operator()(const ExplainRequest& request) const {
        explain_sum(request);
        return done;
    }
    ExitStatus operator()(const VerifyRequest& request) const {
        return verify_claim(request) ? done : failed;
    }
    ExitStatus operator()(const CompareRequest& request) const {
        compare_runs(request);
        return done;
    }
    ExitStatus operator()(const ReferenceRequest& request) const {
        return write_reference(request) ? done : failed;
    }
    ExitStatus operator()(const bench::BenchRequest& request) const {
        bench::run_benchmark(request);
        return done;
    }

    ExitStatus status_of(bool as_expected) const { return as_expected || !strict ? done : unexpected_claim; }
};

// The analyses allocate and free the same megabytes thousands of times. By default each goes back to the
// system, which clears it again: a tenth of their time.
void keep_freed_memory() {
    mallopt(M_MMAP_THRESHOLD, 1 << 26);
    mallopt(M_TRIM_THRESHOLD, 1 << 28);
}

} // namespace

int main(int argc, char** argv) {
    keep_freed_memory();
    try {
        const CommandLine line = parse_command_line(argc, argv);
        return std::visit(Run{line.strict}, line.request);
    } catch (const UsageError& error) {
        fmt::print(stderr, "grokreport: {}\n", one_line(error.what()));
        return bad_usage;
    } catch (const std::exception& error) {
        fmt::print(stderr, "grokreport: {}\n", one_line(error.what()));
        return failed;
    }
}
