#include "pipeline/needs.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>

namespace grokreport {

namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

// The number that stands alone in a file of the control group; nothing for "max" or where there is no file.
std::optional<double> number_in(const std::filesystem::path& file) {
    std::ifstream stream(file);
    double number = 0;
    return stream >> number ? std::optional(number) : std::nullopt;
}

// The number after a name in a file of lines "name number", times `unit`.
std::optional<double> number_after(const std::string& wanted, const std::filesystem::path& file,
                                   double unit) {
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        std::string name;
        double number = 0;
        if (words >> name >> number && name == wanted) return unit * number;
    }
    return std::nullopt;
}

double available_memory() {
    constexpr double kibibyte = 1024;
    return number_after("MemAvailable:", "/proc/meminfo", kibibyte).value_or(unlimited);
}

// What the limit of the control group leaves. Copies of files that nobody reads any more count as free: the
// kernel drops them before it refuses memory.
double group_memory() {
    const std::filesystem::path group = "/sys/fs/cgroup";
    const auto limit = number_in(group / "memory.max"), used = number_in(group / "memory.current");
    if (!limit || !used) return unlimited;
    const double copies = number_after("inactive_file", group / "memory.stat", 1).value_or(0);
    return std::max(0.0, *limit - *used + copies);
}

// "2.3 GB", "13 MB", "0.2 MB".
std::string size_text(double bytes) {
    if (bytes >= 1e9) return fmt::format("{:.1f} GB", bytes / 1e9);
    return fmt::format("{:.{}f} MB", bytes / 1e6, bytes < 1e6 ? 1 : 0);
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

double analysis_memory(const Config& config, int threads) {
    // Within a tenth of what whole reports took on two threads: 0.59 GB at p = 113, and 1.48 GB at p = 499 as
    // far as its figures were drawn. Nothing above was tried.
    constexpr double program = 4.4e8;         // with LibTorch, which one claim loads, and the drawings
    constexpr double rows = 60, tables = 182; // matrices of p x (d_mlp + d_model), and of p x p
    const double p = config.p;
    return program + sizeof(double) * std::min(threads, 4) *
                         (rows * p * (config.d_mlp + config.d_model) + tables * p * p);
}

void require_analysis_memory(const Config& sizes, double free, const std::string& name) {
    if (const double needed = analysis_memory(sizes, 1); needed > free)
        throw Error(fmt::format("{}: its analyses need about {} of memory, and {} are free", name,
                                size_text(needed), size_text(free)),
                    "name a smaller model, or stop other programs");
}

std::string to_text(const Needs& needs, int threads) {
    return fmt::format("about {:.0f} min on {} threads, {} of memory, {} of disk",
                       std::ceil(needs.seconds / 60), threads, size_text(needs.memory),
                       size_text(needs.disk));
}

void require_room(const Needs& needs, const Room& room, const Study& study, int threads) {
    if (needs.memory > room.memory)
        throw Error(fmt::format("the report needs about {} of memory, and {} are free",
                                size_text(needs.memory), size_text(room.memory)),
                    smaller_memory(study, room.memory, threads));
    if (needs.disk > room.disk)
        throw Error(fmt::format("the trainings need about {} of disk, and {} are free", size_text(needs.disk),
                                size_text(room.disk)),
                    fmt::format("{:.0f} % of the seeds or epochs would fit; or choose another --output",
                                std::floor(100 * room.disk / needs.disk)));
}

} // namespace grokreport
