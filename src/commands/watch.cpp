#include "commands/watch.h"

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/folder_watch.h"
#include "render/live_page.h"
#include "render/page.h"
#include "runs/results_store.h"

#include <chrono>
#include <cstdio>
#include <fmt/format.h>

namespace grokreport {

namespace {

void render_into(LivePage& page, const Options& options, RenderMemory& memory) {
    const auto begun = std::chrono::steady_clock::now();
    const std::string html = render_report(stored_results(options), options.paths, {.memory = &memory});
    page.show(html);
    write_file(options.paths.index(), html);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    fmt::print("rendered in {:.1f} s\n", taken.count());
    std::fflush(stdout);
}

} // namespace

void watch_report(const Options& options) {
    using namespace std::chrono_literals;
    require_program("node", "nodejs");
    stored_results(options); // throws where there is nothing to show, before anything is served
    const FolderWatch folders(
        {options.paths.templates, options.paths.results(options.config.seed).parent_path()});
    LivePage page(options.port, options.paths.templates / "watch.js");
    fmt::print("open {} (Ctrl+C ends)\n", page.address());
    RenderMemory memory;
    for (;;) {
        try {
            render_into(page, options, memory);
        } catch (const std::exception& problem) {
            page.show_problem(problem.what());
            fmt::print(stderr, "grokreport: {}\n", problem.what());
        }
        while (!folders.wait(1h, 50ms)) {
        }
    }
}

} // namespace grokreport
