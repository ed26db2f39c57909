#include "runs/checksums.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "runs/paths.h"
#include "runs/trained_run.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <sstream>
#include <string_view>
#include <vector>

namespace grokreport {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t hash_length = 64; // hex digits; two blanks and the name follow

[[noreturn]] void refuse(const fs::path& file, const std::string& what) {
    throw Error(fmt::format("{} {}", file.string(), what), retrain_mend);
}

// The files of a finished run that the list has a line for. Files of other kinds are not of the run.
std::vector<std::string> listed_files(const fs::path& run_folder) {
    constexpr std::array<std::string_view, 3> kinds{".pt", ".csv", ".json"};
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(run_folder))
        if (const fs::path name = entry.path().filename();
            std::ranges::count(kinds, name.extension().string()) > 0 && name != resume_file)
            names.push_back(name.string());
    std::ranges::sort(names);
    return names;
}

} // namespace

void write_checksums(const fs::path& run_folder) {
    std::string text;
    for (const std::string& name : listed_files(run_folder))
        text += fmt::format("{}  {}\n", sha256_of_file(run_folder / name), name);
    write_file(run_folder / checksums_file, text);
}

void check_checksums(const fs::path& run_folder) {
    const fs::path list = run_folder / checksums_file;
    if (!fs::exists(list)) return;
    std::set<std::string> listed;
    std::istringstream lines(read_file(list));
    for (std::string line; std::getline(lines, line);) {
        if (line.size() < hash_length + 3) refuse(list, "is damaged");
        const std::string name = line.substr(hash_length + 2);
        const fs::path file = run_folder / name;
        if (!fs::exists(file)) refuse(list, fmt::format("is damaged, or {} is missing", name));
        if (sha256_of_file(file) != line.substr(0, hash_length))
            refuse(file,
                   fmt::format("is damaged, or its line in {} is: it has another checksum than when it was "
                               "written",
                               checksums_file));
        listed.insert(name);
    }
    for (const std::string& name : listed_files(run_folder))
        if (!listed.contains(name)) refuse(list, fmt::format("is damaged: it has no line for {}", name));
}

} // namespace grokreport
