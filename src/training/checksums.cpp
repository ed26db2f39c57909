#include "training/checksums.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "paths.h"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>
#include <vector>

namespace grokreport {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t hash_length = 64; // hex digits, then two blanks and the name

[[noreturn]] void refuse(const fs::path& file, const char* what) {
    throw Error(fmt::format("{} {}", file.string(), what), "train the run anew with --retrain");
}

} // namespace

void write_checksums(const fs::path& run_folder) {
    std::vector<std::string> lines;
    for (const auto& entry : fs::directory_iterator(run_folder))
        if (const std::string name = entry.path().filename().string();
            entry.is_regular_file() && name != checksums_file && name != resume_file)
            lines.push_back(fmt::format("{}  {}\n", sha256_of_file(entry.path()), name));
    std::ranges::sort(lines, {}, [](const std::string& line) { return line.substr(hash_length); });
    std::string text;
    for (const std::string& line : lines)
        text += line;
    write_file(run_folder / checksums_file, text);
}

void check_checksums(const fs::path& run_folder) {
    const fs::path list = run_folder / checksums_file;
    if (!fs::exists(list)) return;
    std::istringstream lines(read_file(list));
    for (std::string line; std::getline(lines, line);) {
        if (line.size() < hash_length + 3) refuse(list, "is damaged");
        const fs::path file = run_folder / line.substr(hash_length + 2);
        if (!fs::exists(file)) refuse(file, "is missing, or the list of checksums beside it is damaged");
        if (sha256_of_file(file) != line.substr(0, hash_length))
            refuse(file, "is damaged: it has another checksum than when it was written");
    }
}

} // namespace grokreport
