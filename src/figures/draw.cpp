#include "figures/draw.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/process.h"
#include "figures/svg.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

namespace grokreport::figures {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds time_limit{60}; // a figure takes well under a second, a movie a few
constexpr std::string_view gnuplot_package = "gnuplot-nox";
constexpr std::string_view rsvg_package = "librsvg2-bin";
constexpr std::string_view ffmpeg_package = "ffmpeg";
constexpr double png_zoom = 300.0 / 96.0; // dots per pixel of the SVG

// Everything in the making of the files that is not in the drawing. Raise the number when the steps below
// change, so that figures drawn by older steps are drawn again.
struct Toolchain {
    std::string stills;
    std::string movies; // empty where there are none
};
Toolchain toolchain(bool has_movies) {
    require_program("gnuplot", std::string(gnuplot_package));
    require_program("rsvg-convert", std::string(rsvg_package));
    Toolchain programs{"steps 1\n" + run_checked({"gnuplot", "--version"}, "", time_limit) +
                           run_checked({"rsvg-convert", "--version"}, "", time_limit),
                       ""};
    if (!has_movies) return programs;
    require_program("ffmpeg", std::string(ffmpeg_package));
    programs.movies =
        programs.stills + "movie steps 1\n" + run_checked({"ffmpeg", "-version"}, "", time_limit);
    return programs;
}

std::vector<std::string_view> suffixes_of(const Drawing& drawing) {
    if (drawing.frames.empty()) return {".svg", ".pdf", ".png", ".csv"};
    return {".svg", ".pdf", ".png", ".csv", ".mp4"};
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

// What gnuplot writes to stdout. --default-settings: a gnuplotrc of the user must not change a figure.
std::string run_gnuplot(const Drawing& drawing, const std::string& script) {
    const ProcessResult result =
        run_process({"gnuplot", "--default-settings"}, script, time_limit, std::string(gnuplot_package));
    if (result.exit_status != 0 || !result.errors.empty())
        throw Error(fmt::format("figure {}: gnuplot says: {}", drawing.id,
                                result.errors.empty()
                                    ? fmt::format("(nothing, status {})", result.exit_status)
                                    : complaints(result.errors)),
                    "correct the script of this figure in src/figures");
    return result.output;
}

// A folder for frames, gone with its owner.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::string name = (fs::temp_directory_path() / "grokreport-frames-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw Error(
                fmt::format("cannot make a folder for frames in {}", fs::temp_directory_path().string()),
                "make room there, or set TMPDIR");
        folder_ = name;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    const fs::path& path() const { return folder_; }

  private:
    fs::path folder_;
};

// One thread, no dates and no names of encoders in the file: the same frames give the same bytes.
std::string movie_of(const Drawing& drawing) {
    const ScratchFolder scratch;
    run_gnuplot(drawing, fmt::format("cd {}\n", plain(scratch.path().string())) + drawing.frames);
    const fs::path movie = scratch.path() / "movie.mp4";
    run_checked({"ffmpeg",     "-nostdin",
                 "-loglevel",  "error",
                 "-framerate", "25",
                 "-i",         (scratch.path() / "frame-%04d.png").string(),
                 "-an",        "-c:v",
                 "libx264",    "-preset",
                 "slow",       "-crf",
                 "33",         "-tune",
                 "animation",  "-pix_fmt",
                 "yuv420p",    "-threads",
                 "1",          "-flags:v",
                 "+bitexact",  "-fflags",
                 "+bitexact",  "-map_metadata",
                 "-1",         "-movflags",
                 "+faststart", movie.string()},
                "", time_limit, std::string(ffmpeg_package));
    return read_file(movie);
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
std::string stamp_of(const Drawing& drawing, const fs::path& folder, const Toolchain& programs) {
    std::string inputs = sha256_hex(drawing.frames.empty() ? programs.stills : programs.movies) +
                         sha256_hex(drawing.script) + sha256_hex(drawing.csv);
    if (!drawing.frames.empty()) inputs += sha256_hex(drawing.frames);
    std::string stamp = fmt::format("# drawn from {}\n", sha256_hex(inputs));
    for (const std::string_view suffix : suffixes_of(drawing)) {
        const fs::path file = file_of(drawing, folder, suffix);
        if (!fs::exists(file)) return "";
        stamp += fmt::format("{}  {}\n", sha256_of_file(file), file.filename().string());
    }
    return stamp;
}

bool draw_if_needed(const Drawing& drawing, const fs::path& folder, const Toolchain& programs) {
    const fs::path stamp_file = folder / ".stamps" / drawing.id;
    if (fs::exists(stamp_file) && read_file(stamp_file) == stamp_of(drawing, folder, programs)) return false;

    const std::string svg = tidy_svg(run_gnuplot(drawing, drawing.script));
    write_file(file_of(drawing, folder, ".svg"), svg);
    write_file(file_of(drawing, folder, ".pdf"), converted(svg, {"--format=pdf"}));
    write_file(
        file_of(drawing, folder, ".png"),
        converted(svg, {"--format=png", fmt::format("--zoom={}", png_zoom), "--background-color=white"}));
    write_file(file_of(drawing, folder, ".csv"), drawing.csv);
    if (!drawing.frames.empty()) write_file(file_of(drawing, folder, ".mp4"), movie_of(drawing));
    write_file(stamp_file, stamp_of(drawing, folder, programs));
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
    const Toolchain programs =
        toolchain(!std::ranges::all_of(drawings, &std::string::empty, &Drawing::frames));

    std::vector<DrawnFigure> drawn(drawings.size());
    std::vector<std::exception_ptr> failures(drawings.size());
    std::atomic<std::size_t> next = 0;
    std::mutex reporting;
    const auto work = [&] {
        for (std::size_t i = next++; i < drawings.size(); i = next++) {
            try {
                drawn[i] = {drawings[i].id, draw_if_needed(drawings[i], folder, programs)};
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
