#include "figures/draw.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/process.h"
#include "figures/svg.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <fmt/format.h>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

namespace grokreport::figures {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds time_limit{60}; // a figure takes well under a second
constexpr std::string_view gnuplot_package = "gnuplot-nox";
constexpr std::string_view rsvg_package = "librsvg2-bin";
constexpr std::array suffixes{".svg", ".pdf", ".png", ".csv"};
constexpr double png_zoom = 300.0 / 96.0; // dots per pixel of the SVG

// Everything in the making of the files that is not in the drawing. Raise the number when the steps below
// change, so that figures drawn by older steps are drawn again.
std::string toolchain() {
    require_program("gnuplot", std::string(gnuplot_package));
    require_program("rsvg-convert", std::string(rsvg_package));
    return "steps 1\n" + run_checked({"gnuplot", "--version"}, "", time_limit) +
           run_checked({"rsvg-convert", "--version"}, "", time_limit);
}

// gnuplot's complaints without the echo of the command and the caret under it, on one line.
std::string complaints(const std::string& errors) {
    std::istringstream lines(errors);
    std::string out;
    for (std::string line; std::getline(lines, line);) {
        line.erase(0, line.find_first_not_of(" \t"));
        if (line.empty() || line.starts_with("gnuplot>") || line.starts_with("^")) continue;
        out += (out.empty() ? "" : "; ") + line;
    }
    return out;
}

std::string svg_of(const Drawing& drawing) {
    // --default-settings: a gnuplotrc of the user must not change a figure.
    const ProcessResult result = run_process({"gnuplot", "--default-settings"}, drawing.script, time_limit,
                                             std::string(gnuplot_package));
    if (result.exit_status != 0 || !result.errors.empty())
        throw Error(fmt::format("figure {}: gnuplot says: {}", drawing.id,
                                result.errors.empty()
                                    ? fmt::format("(nothing, status {})", result.exit_status)
                                    : complaints(result.errors)),
                    "correct the script of this figure in src/figures");
    return tidy_svg(result.output);
}

// A fixed date makes the PDF depend on the drawing only.
std::string converted(const std::string& svg, const std::vector<std::string>& options) {
    std::vector<std::string> argv{"env", "SOURCE_DATE_EPOCH=0", "rsvg-convert"};
    argv.insert(argv.end(), options.begin(), options.end());
    return run_checked(argv, svg, time_limit);
}

fs::path file_of(const Drawing& drawing, const fs::path& folder, std::string_view suffix) {
    return folder / (drawing.id + std::string(suffix));
}

// What the stamp must say for the files in `folder` to be right; empty where a file is missing.
std::string stamp_of(const Drawing& drawing, const fs::path& folder, const std::string& made_by) {
    const std::string inputs = sha256_hex(made_by) + sha256_hex(drawing.script) + sha256_hex(drawing.csv);
    std::string stamp = fmt::format("# drawn from {}\n", sha256_hex(inputs));
    for (const std::string_view suffix : suffixes) {
        const fs::path file = file_of(drawing, folder, suffix);
        if (!fs::exists(file)) return "";
        stamp += fmt::format("{}  {}\n", sha256_of_file(file), file.filename().string());
    }
    return stamp;
}

bool draw_if_needed(const Drawing& drawing, const fs::path& folder, const std::string& made_by) {
    const fs::path stamp_file = folder / ".stamps" / drawing.id;
    if (fs::exists(stamp_file) && read_file(stamp_file) == stamp_of(drawing, folder, made_by)) return false;

    const std::string svg = svg_of(drawing);
    write_file(file_of(drawing, folder, ".svg"), svg);
    write_file(file_of(drawing, folder, ".pdf"), converted(svg, {"--format=pdf"}));
    write_file(
        file_of(drawing, folder, ".png"),
        converted(svg, {"--format=png", fmt::format("--zoom={}", png_zoom), "--background-color=white"}));
    write_file(file_of(drawing, folder, ".csv"), drawing.csv);
    write_file(stamp_file, stamp_of(drawing, folder, made_by));
    return true;
}

void require_unique_ids(std::span<const Drawing> drawings) {
    std::set<std::string> seen;
    for (const Drawing& drawing : drawings)
        if (!seen.insert(drawing.id).second)
            throw Error(fmt::format("two figures are called '{}'", drawing.id), "give each its own id");
}

} // namespace

std::vector<DrawnFigure> draw_all(std::span<const Drawing> drawings, const fs::path& folder, int workers,
                                  const DrawProgress& progress) {
    require_unique_ids(drawings);
    const std::string made_by = toolchain();

    std::vector<DrawnFigure> drawn(drawings.size());
    std::vector<std::exception_ptr> failures(drawings.size());
    std::atomic<std::size_t> next = 0;
    std::mutex reporting;
    const auto work = [&] {
        for (std::size_t i = next++; i < drawings.size(); i = next++) {
            try {
                drawn[i] = {drawings[i].id, draw_if_needed(drawings[i], folder, made_by)};
                const std::lock_guard lock(reporting);
                if (progress) progress(drawn[i]);
            } catch (...) {
                failures[i] = std::current_exception();
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        const auto useful =
            std::min<std::size_t>(static_cast<std::size_t>(std::max(workers, 1)), drawings.size());
        for (std::size_t i = 0; i < useful; ++i)
            threads.emplace_back(work);
    }
    for (const std::exception_ptr& failure : failures)
        if (failure) std::rethrow_exception(failure);
    return drawn;
}

bool draw(const Drawing& drawing, const fs::path& folder) {
    return draw_all(std::span(&drawing, 1), folder, 1).front().drawn;
}

} // namespace grokreport::figures
