#include "pipeline/needs.h"

#include "base/error.h"
#include "base/kernel_file.h"
#include "base/text.h"
#include "sections/memory.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <optional>

namespace grokreport {

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

// The number that stands alone in a file of the control group; nothing for "max" or where there is no file.
std::optional<double> number_in(const std::filesystem::path& file) {
    std::ifstream stream(file);
    double number = 0;
    return stream >> number ? std::optional(number) : std::nullopt;
}

double available_memory() {
    const auto kibibytes = number_after("MemAvailable:", "/proc/meminfo");
    return kibibytes ? 1024 * *kibibytes : unlimited;
}

// What the limit of the control group leaves. Copies of files that were not read lately count as free: the
// kernel drops them before it refuses memory.
double group_memory() {
    const std::filesystem::path group = "/sys/fs/cgroup";
    const auto limit = number_in(group / "memory.max"), used = number_in(group / "memory.current");
    if (!limit || !used) return unlimited;
    const double copies = number_after("inactive_file", group / "memory.stat").value_or(0);
    return std::max(0.0, *limit - *used + copies);
}

// The largest p whose analyses fit; 0 where none does.
int largest_p(Config config, double memory, int threads) {
    constexpr int smallest = 5; // that a config may have
    for (; config.p >= smallest; config.p -= 2)
        if (is_odd_prime(config.p) && analysis_memory(config, threads) <= memory) return config.p;
    return 0;
}

std::string smaller_memory(const Study& study, double memory, int threads) {
    if (threads > 1 && analysis_memory(study.config, 1) <= memory) return "--threads 1 would fit";
    const int p = largest_p(study.config, memory, 1);
    return p > 0 ? fmt::format("--p {} --threads 1 would fit", p) : "stop other programs";
}

} // namespace

Room room_for(const std::filesystem::path& folder) {
    std::error_code failed;
    const auto space = std::filesystem::space(folder, failed);
    return {std::min(available_memory(), group_memory()),
            failed ? unlimited : static_cast<double>(space.available)};
}

std::string to_text(const Needs& needs, int threads) {
    return fmt::format("about {:.0f} min on {} threads, {} of memory, {} of disk",
                       std::ceil(needs.seconds / 60), threads, format_bytes(needs.memory),
                       format_bytes(needs.disk));
}

void require_room(const Needs& needs, const Room& room, const Study& study, int threads) {
    if (needs.memory > room.memory)
        throw Error(fmt::format("the report needs about {} of memory, and {} are free",
                                format_bytes(needs.memory), format_bytes(room.memory)),
                    smaller_memory(study, room.memory, threads));
    if (needs.disk > room.disk)
        throw Error(fmt::format("the trainings need about {} of disk, and {} are free",
                                format_bytes(needs.disk), format_bytes(room.disk)),
                    fmt::format("{:.0f} % of the seeds or epochs would fit; or choose another --output",
                                std::floor(100 * room.disk / needs.disk)));
}

} // namespace grokreport
