// Disks that are full or cannot be written. The disk is a small one in memory that only the process under
// test sees: a mount in a namespace of its own, for which no privilege is needed.
#include "base/files.h"
#include "support/reliability.h"
#include "support/small_report.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <optional>

using namespace grokreport;
using namespace grokreport::testing;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

// $1: size of the disk, $2: where it is mounted, $3: what lies on it first, $4: where its end state goes, $5:
// a word of mount that changes the disk before the command, or "", or "fills" for a disk that has so little
// room only when a training has begun. The rest is the command: once on that disk, and again after the disk
// was made large and writable.
constexpr const char* on_a_disk = R"sh(
set -e
size=$1 disk=$2 from=$3 to=$4 change=$5; shift 5
mount -t tmpfs -o size=1g grokreport "$disk"
cp -r "$from/." "$disk"
if [ "$change" = fills ]; then
    (
        until find "$disk" -name config.json | grep -q .; do sleep 0.01; done
        # Where more is there by then, no room is left for more.
        until mount -o remount,size="$size" "$disk" 2>/dev/null; do
            size=$(($(stat --file-system --format="(%b - %f) * %S" "$disk")))
            sleep 0.01
        done
    ) &
    shrinking=$!
else
    mount -o "remount,size=$size${change:+,$change}" "$disk"
fi
set +e
"$@"; status=$?
[ -z "$shrinking" ] || { kill "$shrinking" 2>/dev/null; wait "$shrinking" 2>/dev/null; }
mount -o remount,rw,size=1g "$disk" || exit 99
find "$disk" -name '*.tmp-*' | grep -q . && exit 98
"$@" >/dev/null 2>&1 || exit 97
cp -r "$disk/." "$to"
exit $status
)sh";

bool can_mount() {
    const TemporaryFolder folder;
    if (run_process({"unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "-o", "size=64k",
                     "none", folder.path().string()},
                    "", small_report_limit)
            .exit_status == 0)
        return true;
    // Some containers forbid it to everybody; but a table of what was tried cannot be made there
    if (is_for_the_table()) FAIL("a file system cannot be mounted here");
    WARN("skipped: a file system cannot be mounted here");
    return false;
}

struct Disk {
    std::string size, change;
};

ProcessResult run_on(const Disk& disk, const fs::path& from, const fs::path& to, const std::string& command) {
    const TemporaryFolder mounted;
    std::vector<std::string> argv{"unshare",
                                  "--mount",
                                  "--map-root-user",
                                  "sh",
                                  "-c",
                                  on_a_disk,
                                  "sh",
                                  disk.size,
                                  mounted.path().string(),
                                  from.string(),
                                  to.string(),
                                  disk.change,
                                  GROKREPORT_BINARY,
                                  command};
    argv.insert(argv.end(), small_model.begin(), small_model.end());
    argv.insert(argv.end(), {"--threads", "1", "--output", mounted.path().string()});
    return run_process(argv, "", small_report_limit);
}

// The last line that is no progress, as a terminal shows it.
std::string last_line(const std::string& errors) {
    const std::size_t end = errors.find_last_not_of('\n');
    const std::size_t begin = errors.find_last_of("\r\n", end);
    return errors.substr(begin == errors.npos ? 0 : begin + 1, end - begin);
}

std::uintmax_t bytes_on_disk(const fs::path& folder) {
    constexpr std::uintmax_t page = 4096;
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        bytes += entry.is_regular_file() ? (entry.file_size() + page - 1) / page * page : page;
    return bytes;
}

} // namespace

TEST_CASE("a training on a full disk says so, and goes on when there is room", "[faults]") {
    if (!can_mount()) return;
    const TemporaryFolder nothing, whole;
    REQUIRE(run_small("train", whole.path(), {"--threads", "1"}).exit_status == 0);
    const std::uintmax_t needed = bytes_on_disk(whole.path());
    for (const int part : is_for_the_table() ? std::vector{1, 2, 3, 4, 5, 6} : std::vector{3}) {
        const TemporaryFolder after;
        const std::string size = fmt::format("{}", needed * part / 7);
        const ProcessResult refused = run_on({size, ""}, nothing.path(), after.path(), "train");
        CAPTURE(size, refused.errors);
        tried("Full and read-only disks", "a training for which a disk has too little room",
              "refused in one line before it begins; with room, the next run ends with every checkpoint",
              refused.exit_status == 1 && last_line(refused.errors).find("MB of disk") != std::string::npos &&
                  fs::exists(run_folder(after.path(), "frozen") / "epoch-00600.pt"));
    }
    for (const int part : is_for_the_table() ? std::vector{1, 2, 3, 4, 5, 6} : std::vector{3}) {
        const std::string size = fmt::format("{}", needed * part / 7);
        // On a busy machine a training may end before the disk is made small: then once more.
        std::optional<TemporaryFolder> after_last;
        ProcessResult result;
        for (int attempt = 0; attempt < 5 && result.exit_status == 0; ++attempt) {
            after_last.emplace();
            result = run_on({size, "fills"}, nothing.path(), after_last->path(), "train");
        }
        const TemporaryFolder& after = *after_last;
        CAPTURE(size, result.errors);
        tried("Full and read-only disks", "a training on a disk that fills up",
              "one line that says so; with room, the next run ends with every checkpoint",
              result.exit_status == 1 &&
                  last_line(result.errors).find("No space left") != std::string::npos &&
                  fs::exists(run_folder(after.path(), "frozen") / "epoch-00600.pt"));
        for (const char* variant : {"relu", "linear", "frozen"})
            for (const char* file : {"metrics.csv", "epoch-00000.pt"})
                CHECK(read_file(run_folder(after.path(), variant) / file) ==
                      read_file(run_folder(whole.path(), variant) / file));
    }
}

TEST_CASE("a report on a full disk says so and leaves the old one; with room it is whole", "[faults]") {
    if (!can_mount()) return;
    const TemporaryFolder start;
    fs::copy(finished_report(), start.path(), fs::copy_options::recursive);
    fs::remove_all(start / "report/results"); // analysed again; drawn again where a figure is missing
    for (const char* figure : {"anim-family", "circles-we", "training-10k"})
        fs::remove(start / (std::string("figures/seed-0/.stamps/") + figure));
    const auto expected = files_of(finished_report());
    const std::uintmax_t there = bytes_on_disk(start.path());
    const std::vector<std::uintmax_t> all{0, 8, 40, 200, 600, 1200}, one{40}; // KiB
    for (const std::uintmax_t room : is_for_the_table() ? all : one) {
        const TemporaryFolder after;
        const std::string size = fmt::format("{}", there + room * 1024);
        const ProcessResult result = run_on({size, ""}, start.path(), after.path(), "report");
        const auto different = differences(files_of(after.path()), expected);
        CAPTURE(room, result.errors, different);
        tried("Full and read-only disks", "a report on a disk with too little room",
              "one line that says so, nothing half-written; with room, the next report has the same bytes",
              result.exit_status == 1 &&
                  (last_line(result.errors).find("No space left") != std::string::npos ||
                   last_line(result.errors).find("was not written to its end") != std::string::npos ||
                   last_line(result.errors).find("gnuplot wrote no frame") != std::string::npos ||
                   last_line(result.errors).find("ffmpeg") != std::string::npos) &&
                  different.empty());
    }
}

TEST_CASE("an output that cannot be written is named, and stays as it was", "[faults]") {
    if (!can_mount()) return;
    const auto expected = files_of(finished_report());
    const TemporaryFolder start;
    fs::copy(finished_report(), start.path(), fs::copy_options::recursive);
    const std::vector<std::string> all{"report", "prepare", "render"}, one{"report"};
    for (const std::string& command : is_for_the_table() ? all : one) {
        const TemporaryFolder after;
        const ProcessResult result = run_on({"1g", "ro"}, start.path(), after.path(), command);
        CAPTURE(command, result.errors);
        tried("Full and read-only disks", "an output on a disk that is read-only",
              "one line that says so; what was there stays",
              result.exit_status == 1 &&
                  last_line(result.errors).find("Read-only file system") != std::string::npos &&
                  differences(files_of(after.path()), expected).empty());
    }
}
