#include "pipeline/programs.h"

#include "base/error.h"
#include "base/process.h"
#include "runs/paths.h"

#include <chrono>
#include <filesystem>
#include <fmt/format.h>

namespace grokreport {

void require_programs() {
    require_program("gnuplot", "gnuplot-nox");
    require_program("ffmpeg", "ffmpeg");
    require_program("node", "nodejs");
    require_program("/usr/bin/python3", "python3-pygments");
    if (run_process({"/usr/bin/python3", "-c", "import pygments"}, "", std::chrono::seconds(60))
            .exit_status != 0)
        throw Error("Pygments, which colours code, is not installed",
                    "install it with: apt-get install python3-pygments");
    if (!std::filesystem::exists(std::filesystem::path(katex_folder) / "katex.js"))
        throw Error(fmt::format("there is no KaTeX in {}", katex_folder),
                    "install it with: apt-get install libjs-katex");
}

} // namespace grokreport
