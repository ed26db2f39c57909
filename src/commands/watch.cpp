#include "commands/watch.h"

#include "base/files.h"
#include "base/folder_watch.h"
#include "base/process.h"
#include "render/live_page.h"
#include "render/page.h"
#include "runs/results_store.h"

#include <chrono>
#include <cstdio>
#include <exception>
#include <fmt/format.h>

namespace grokreport {

namespace {

void render_into(LivePage& page, const RenderRequest& report, RenderCache& cache) {
    const auto begun = std::chrono::steady_clock::now();
    const std::string html =
        render_report(stored_results(report.config, report.paths), report.paths, {.cache = &cache});
    page.show(html);
    write_file(report.paths.index(), html);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    fmt::print("rendered in {:.1f} s\n", taken.count());
    std::fflush(stdout);
}

} // namespace

void watch_report(const WatchRequest& request) {
    using namespace std::chrono_literals;
    const auto& [config, paths] = request.report;
    require_program("node", "nodejs");
    stored_results(config, paths); // throws before anything is served
    const FolderWatch folders({paths.templates, paths.results(config.seed).parent_path()});
    LivePage page(request.port, paths.templates / "watch.js");
    fmt::print("open {} (Ctrl+C ends)\n", page.address());
    RenderCache cache;
    for (;;) {
        try {
            render_into(page, request.report, cache);
        } catch (const std::exception& problem) {
            page.show_problem(problem.what());
            fmt::print(stderr, "grokreport: {}\n", problem.what());
        }
        while (!folders.wait(1h, 50ms)) {
        }
    }
}

} // namespace grokreport
