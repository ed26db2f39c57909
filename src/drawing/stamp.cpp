#include "drawing/stamp.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "drawing/svg.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <sstream>

namespace grokreport::figures {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 6> suffixes{".svg", ".pdf", ".png", ".csv", ".mp4", ".json"};
constexpr std::ptrdiff_t n_always = 4;            // of them every figure has
constexpr std::string_view seed_prefix = "seed-"; // of the folders of figures (runs/paths.h)
constexpr std::string_view checksum_prefix = "# the lines above ";
constexpr std::string_view content_prefix = "# shows "; // the last of the lines

std::string content_line(const std::string& content) {
    return fmt::format("{}{}\n", content_prefix, content);
}

// The content that lines state which end with a content_line.
std::string content_in(const std::string& lines) {
    const std::size_t at = lines.rfind(content_prefix) + content_prefix.size();
    return lines.substr(at, lines.size() - at - 1); // without the end of the line
}

std::string film_line(const Drawing& drawing, const Toolchain& toolchain) {
    return fmt::format("# film of {}\n", sha256_hex(toolchain.films + drawing.frames));
}

// A checksum of the stamp itself, so that a damaged stamp is not valid.
std::string with_checksum(const std::string& lines) {
    return fmt::format("{}{}{}\n", lines, checksum_prefix, sha256_hex(lines));
}

// The lines of a stamp; nothing where it is missing or damaged.
std::optional<std::string> read_stamp(const fs::path& folder, const std::string& id) {
    const fs::path file = stamps_folder(folder) / id;
    if (!fs::exists(file)) return std::nullopt;
    const std::string text = read_file(file), lines = text.substr(0, text.rfind(checksum_prefix));
    if (text != with_checksum(lines)) return std::nullopt;
    return lines;
}

// The hashes of the files that the lines state, by the names of the files.
std::map<std::string, std::string> hashes_in(const std::string& lines) {
    std::map<std::string, std::string> hashes;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);)
        if (const std::size_t spaces = line.find("  "); !line.starts_with('#') && spaces != std::string::npos)
            hashes[line.substr(spaces + 2)] = line.substr(0, spaces);
    return hashes;
}

// The lines of the stamp of the drawing with the files that `folder` has now; nothing where one is missing.
std::optional<std::string> stamp_of(const Drawing& drawing, const fs::path& folder,
                                    const Toolchain& toolchain) {
    std::string inputs = sha256_hex(toolchain.stills) + sha256_hex(drawing.script) + sha256_hex(drawing.csv);
    for (const std::string& name : drawing.point_names)
        inputs += sha256_hex(name);
    inputs += sha256_hex(drawing.variations);
    std::string stamp = fmt::format("# drawn from {}\n", sha256_hex(inputs));
    if (!drawing.frames.empty()) stamp += film_line(drawing, toolchain);
    for (const std::string_view suffix : suffixes_of(drawing)) {
        const fs::path file = file_of(drawing, folder, suffix);
        if (!fs::exists(file)) return std::nullopt;
        stamp += fmt::format("{}  {}\n", sha256_of_file(file), file.filename().string());
    }
    const auto read = [&](std::string_view suffix) { return read_file(file_of(drawing, folder, suffix)); };
    const std::string content =
        content_of(drawing, without_metadata(read(".svg")), drawing.frames.empty() ? "" : read(".mp4"));
    return stamp + content_line(content);
}

// The film of the same frames that `folder` has. Another process may be removing that folder: what cannot be
// read counts as no film.
std::optional<std::string> film_in(const Drawing& drawing, const fs::path& folder,
                                   const Toolchain& toolchain) {
    try {
        const auto lines = read_stamp(folder, drawing.id);
        if (!lines || lines->find(film_line(drawing, toolchain)) == std::string::npos) return std::nullopt;
        const fs::path file = file_of(drawing, folder, ".mp4");
        if (!fs::exists(file)) return std::nullopt;
        std::string bytes = read_file(file);
        if (hashes_in(*lines)[file.filename()] == sha256_hex(bytes)) return bytes;
    } catch (const Error&) {
    } catch (const fs::filesystem_error&) {
    }
    return std::nullopt;
}

} // namespace

std::span<const std::string_view> figure_suffixes() {
    return suffixes;
}

std::vector<std::string_view> suffixes_of(const Drawing& drawing) {
    std::vector<std::string_view> present(suffixes.begin(), suffixes.begin() + n_always);
    if (!drawing.frames.empty()) present.push_back(".mp4");
    if (!drawing.variations.empty()) present.push_back(".json");
    return present;
}

fs::path file_of(const Drawing& drawing, const fs::path& folder, std::string_view suffix) {
    return folder / (drawing.id + std::string(suffix));
}

std::string content_of(const Drawing& drawing, const std::string& svg, const std::string& film) {
    return sha256_hex(svg + drawing.csv + film);
}

std::optional<std::string> content_drawn_before(const Drawing& drawing, const fs::path& folder,
                                                const Toolchain& toolchain) {
    const auto lines = read_stamp(folder, drawing.id);
    if (!lines || lines != stamp_of(drawing, folder, toolchain)) return std::nullopt;
    return content_in(*lines);
}

std::optional<std::string> film_drawn_before(const Drawing& drawing, const fs::path& folder,
                                             const Toolchain& toolchain) {
    const fs::path here = fs::absolute(folder);
    if (!here.filename().string().starts_with(seed_prefix)) return film_in(drawing, here, toolchain);
    std::error_code missing;
    for (const auto& seed : fs::directory_iterator(here.parent_path(), missing)) // `here` among them
        if (seed.path().filename().string().starts_with(seed_prefix))
            if (auto film = film_in(drawing, seed.path(), toolchain)) return film;
    return std::nullopt;
}

void write_stamp(const Drawing& drawing, const fs::path& folder, const Toolchain& toolchain) {
    const auto stamp = stamp_of(drawing, folder, toolchain);
    if (!stamp)
        throw Error(fmt::format("figure {}: a file was removed from {} while it was drawn", drawing.id,
                                folder.string()),
                    "draw it again");
    write_file(stamps_folder(folder) / drawing.id, with_checksum(*stamp));
}

fs::path stamps_folder(const fs::path& folder) {
    return folder / ".stamps";
}

bool is_whole(const std::string& id, const std::string& content, const fs::path& folder) {
    const auto lines = read_stamp(folder, id);
    if (!lines || !lines->ends_with(content_line(content))) return false;
    return std::ranges::all_of(hashes_in(*lines), [&](const auto& stated) {
        const fs::path file = folder / stated.first;
        return fs::exists(file) && sha256_of_file(file) == stated.second;
    });
}

} // namespace grokreport::figures
