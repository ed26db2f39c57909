#include "drawing/film.h"

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "drawing/gnuplot.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace grokreport::figures {

namespace fs = std::filesystem;

namespace {

// gnuplot needs some ten seconds for the frames of a film, and longer on a busy machine.
constexpr std::chrono::seconds film_time_limit{300};

// A folder for the frames of one film; the destructor removes it. The folder of a killed process has the name
// of a temporary file (base/files.h), by which a later run removes it.
class FramesFolder {
  public:
    FramesFolder(const fs::path& folder, const std::string& id)
        : folder_(temporary_name(folder / ("." + id))) {
        fs::remove_all(folder_);
        make_folder(folder_);
    }
    FramesFolder(const FramesFolder&) = delete;
    FramesFolder& operator=(const FramesFolder&) = delete;
    ~FramesFolder() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    const fs::path& path() const { return folder_; }

  private:
    fs::path folder_;
};

// Whether the bytes begin and end as a PNG does. A truncated PNG does not.
bool is_png(std::string_view bytes) {
    constexpr std::string_view signature = "\x89PNG\r\n\x1A\n", last_chunk = "IEND\xAE\x42\x60\x82";
    return bytes.starts_with(signature) && bytes.ends_with(last_chunk);
}

// gnuplot reports no error where the disk is full.
void require_whole_frames(const std::string& id, const fs::path& folder) {
    int n_frames = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        ++n_frames;
        if (!is_png(read_file(entry.path())))
            throw Error(
                fmt::format("figure {}: frame {} was not written to its end", id, entry.path().string()),
                "free some space on that disk");
    }
    if (n_frames == 0)
        throw Error(fmt::format("figure {}: gnuplot wrote no frame into {}", id, folder.string()),
                    "free some space on that disk");
}

// Whether the bytes are a sequence of MP4 boxes without a rest. Each box begins with its size.
bool is_mp4(std::string_view bytes) {
    constexpr std::size_t header = 8; // four bytes of size, most significant first, and four of the type
    if (bytes.size() < header || bytes.substr(4, 4) != "ftyp") return false;
    std::size_t at = 0;
    while (at + header <= bytes.size()) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < 4; ++i)
            size = size << 8 | static_cast<unsigned char>(bytes[at + i]);
        if (size < header) return false;
        at += size;
    }
    return at == bytes.size();
}

// One thread, and no date and no name of an encoder in the file, so that equal frames give equal bytes. env
// -C makes the folder of the frames the current one, because ffmpeg gives % and : in the path of a file a
// meaning of its own.
std::vector<std::string> ffmpeg_command(const fs::path& folder, const std::string& film) {
    return {"env",       "-C",         folder,     "ffmpeg",    "-nostdin",       "-loglevel",
            "error",     "-framerate", "25",       "-i",        "frame-%04d.png", "-an",
            "-c:v",      "libx264",    "-preset",  "slow",      "-crf",           "36",
            "-tune",     "animation",  "-pix_fmt", "yuv420p",   "-threads",       "1",
            "-flags:v",  "+bitexact",  "-fflags",  "+bitexact", "-map_metadata",  "-1",
            "-movflags", "+faststart", film};
}

} // namespace

std::string frames_terminal(Size size) {
    const double zoom = std::min(2.0, 900 / size.width);
    const auto even = [](double pixels) { return 2 * static_cast<int>(std::ceil(pixels / 2)); };
    return fmt::format("set terminal pngcairo size {},{} enhanced font 'DejaVu Sans,{}' fontscale {} "
                       "linewidth {} pointscale {} background rgb '{}'",
                       even(zoom * size.width), even(zoom * size.height), type_size, zoom, zoom, zoom,
                       colour("page"));
}

std::string film_of(const Drawing& drawing, const fs::path& folder) {
    const FramesFolder frames(folder, drawing.id);
    run_gnuplot(drawing.id, fmt::format("cd {}\n", literal(frames.path().string())) + drawing.frames,
                film_time_limit);
    require_whole_frames(drawing.id, frames.path());
    const std::string film = "film.mp4";
    const ProcessResult result = run_process(ffmpeg_command(frames.path(), film), "", film_time_limit);
    if (result.exit_status != 0 || !result.errors.empty())
        throw Error(fmt::format("figure {}: ffmpeg {}: {}", drawing.id,
                                result.exit_status == 0 ? "complains" : describe_exit(result.exit_status),
                                error_summary(result.errors)),
                    "free some space on that disk where it is full");
    std::string bytes = read_file(frames.path() / film);
    if (!is_mp4(bytes))
        throw Error(fmt::format("figure {}: what ffmpeg wrote is no MP4", drawing.id),
                    "try another version of it");
    return bytes;
}

std::string film_programs() {
    require_program("ffmpeg", "ffmpeg");
    return "film steps 1\n" + run_checked({"ffmpeg", "-version"}, "", film_time_limit);
}

} // namespace grokreport::figures
