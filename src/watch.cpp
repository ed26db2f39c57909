#include "watch.h"

#include "base/error.h"
#include "base/files.h"
#include "folder_watch.h"
#include "live_page.h"
#include "render/page.h"
#include "stored_results.h"

#include <chrono>
#include <cstdio>
#include <fmt/format.h>

namespace grokreport {

void watch_report(const Options& options) {
    using namespace std::chrono_literals;
    const auto results = options.paths.results(options.config.seed);
    const FolderWatch folders({options.paths.templates, results.parent_path()});
    LivePage page(options.port, options.paths.templates / "watch.js");
    fmt::print("open {} ; Ctrl+C ends\n", page.address());
    for (;;) {
        try {
            const auto begun = std::chrono::steady_clock::now();
            const std::string html = render_report(stored_results(options), options.paths);
            write_file(options.paths.index(), html);
            page.show(html);
            const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
            fmt::print("rendered in {:.1f} s\n", taken.count());
        } catch (const Error& problem) {
            page.show_problem(problem.what());
            fmt::print(stderr, "grokreport: {}\n", problem.what());
        }
        std::fflush(stdout);
        while (!folders.wait(1h, 50ms)) {
        }
    }
}

} // namespace grokreport
