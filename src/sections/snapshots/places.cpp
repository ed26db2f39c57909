#include "sections/snapshots/places.h"

#include "base/error.h"
#include "base/parse_number.h"
#include "checkpoint/state_dict.h"
#include "checkpoint/torch_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <glob.h>
#include <optional>
#include <set>

namespace grokreport {

namespace {

// Frees what glob(3) found.
class Found {
  public:
    explicit Found(const std::string& pattern) { ::glob(pattern.c_str(), 0, nullptr, &found_); }
    ~Found() { ::globfree(&found_); }
    Found(const Found&) = delete;
    Found& operator=(const Found&) = delete;

    std::vector<std::filesystem::path> files() const {
        return {found_.gl_pathv, found_.gl_pathv + found_.gl_pathc};
    }

  private:
    glob_t found_{};
};

// A name that exists is that file, also where it holds the signs of a pattern.
std::vector<std::filesystem::path> files_of(const std::string& pattern) {
    std::error_code unknown;
    if (std::filesystem::exists(pattern, unknown)) return {pattern};
    return Found(pattern).files();
}

// "epoch-20000" -> 20000.
std::optional<std::int64_t> last_number(const std::string& text) {
    constexpr const char* digits = "0123456789";
    const std::size_t last = text.find_last_of(digits);
    if (last == std::string::npos) return std::nullopt;
    const std::size_t before = text.find_last_not_of(digits, last);
    const std::size_t first = before == std::string::npos ? 0 : before + 1;
    return parse_number<std::int64_t>(std::string_view(text).substr(first, last + 1 - first));
}

void number_epochs(std::vector<SnapshotPlace>& places) {
    std::set<std::int64_t> epochs;
    bool all_have = true;
    for (SnapshotPlace& place : places) {
        const auto number = last_number(place.item.empty() ? place.file.stem().string() : place.item);
        place.epoch = number.value_or(0);
        all_have = all_have && number && epochs.insert(place.epoch).second;
    }
    if (all_have)
        std::ranges::stable_sort(places, {}, &SnapshotPlace::epoch);
    else
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i].epoch = static_cast<std::int64_t>(i);
}

} // namespace

std::vector<SnapshotPlace> find_snapshots(const std::string& pattern) {
    std::vector<SnapshotPlace> places;
    const std::vector<std::filesystem::path> files = files_of(pattern);
    if (files.size() == 1)
        for (const std::string& item : items_of(read_torch_file(files.front()), files.front().string()))
            places.push_back({files.front(), item, 0});
    else
        for (const std::filesystem::path& file : files)
            places.push_back({file, "", 0});
    if (files.empty())
        throw Error(fmt::format("--checkpoints {}: no file has such a name", pattern),
                    "write the pattern in quotes: 'run/*.pt'");
    if (places.empty())
        throw Error(fmt::format("--checkpoints {}: it holds no model", pattern),
                    "name a file that holds the weights of several");
    if (places.size() < 2)
        throw Error(fmt::format("--checkpoints {}: it names one model, not several", pattern),
                    "use --checkpoint for a single model");
    number_epochs(places);
    return places;
}

} // namespace grokreport
