#include "base/seed_list.h"

#include "base/error.h"
#include "base/parse_number.h"
#include "base/text.h"

#include <fmt/format.h>
#include <set>
#include <string_view>

namespace grokreport {

namespace {

constexpr std::uint64_t most_seeds = 10'000;
const std::string how_seeds_are_written = "give a list such as 0,1,5-9";

std::uint64_t parse_seed(std::string_view text, const std::string& list) {
    if (const auto seed = parse_number<std::uint64_t>(text)) return *seed;
    throw UsageError(fmt::format("--seeds {}: '{}' is not a number of 0 or more", list, text),
                     how_seeds_are_written);
}

struct Range {
    std::uint64_t first = 0, last = 0;
};
Range parse_range(std::string_view part, const std::string& list) {
    const std::size_t dash = part.find('-');
    const std::uint64_t first = parse_seed(part.substr(0, dash), list);
    if (dash == std::string_view::npos) return {first, first};
    const std::uint64_t last = parse_seed(part.substr(dash + 1), list);
    if (last < first)
        throw UsageError(fmt::format("--seeds {}: {} runs backwards", list, part), how_seeds_are_written);
    if (last - first >= most_seeds)
        throw UsageError(fmt::format("--seeds {}: more than {} seeds", list, most_seeds),
                         how_seeds_are_written);
    return {first, last};
}

} // namespace

std::vector<std::uint64_t> parse_seed_list(const std::string& text) {
    std::vector<std::uint64_t> seeds;
    std::set<std::uint64_t> seen;
    for (const std::string_view part : split(text, ',')) {
        const auto [first, last] = parse_range(part, text);
        for (std::uint64_t i = 0; i <= last - first; ++i) {
            if (!seen.insert(first + i).second)
                throw UsageError(fmt::format("--seeds {}: {} is named twice", text, first + i),
                                 how_seeds_are_written);
            seeds.push_back(first + i);
        }
        if (seeds.size() > most_seeds)
            throw UsageError(fmt::format("--seeds {}: more than {} seeds", text, most_seeds),
                             how_seeds_are_written);
    }
    return seeds;
}

std::string describe_seeds(const std::vector<std::uint64_t>& seeds) {
    std::string text;
    for (std::size_t i = 0; i < seeds.size();) {
        std::size_t last = i;
        while (last + 1 < seeds.size() && seeds[last + 1] == seeds[last] + 1)
            ++last;
        if (!text.empty()) text += ", ";
        text += last == i ? fmt::format("{}", seeds[i]) : fmt::format("{}-{}", seeds[i], seeds[last]);
        i = last + 1;
    }
    return text;
}

} // namespace grokreport
