#include "model/dataset.h"

#include "base/seeded_random.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

std::vector<Pair> all_pairs(int p) {
    std::vector<Pair> pairs;
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b)
            pairs.push_back({a, b});
    return pairs;
}

std::vector<Pair> pairs_of_number(int a, int p) {
    std::vector<Pair> pairs;
    for (int b = 0; b < p; ++b)
        pairs.push_back({a, b});
    return pairs;
}

Split split_after(const std::vector<Pair>& pairs, std::ptrdiff_t n_train) {
    Split split;
    split.train.assign(pairs.begin(), pairs.begin() + n_train);
    split.test.assign(pairs.begin() + n_train, pairs.end());
    std::ranges::sort(split.train);
    std::ranges::sort(split.test);
    return split;
}

Split split_pairs(const Config& config) {
    std::vector<Pair> pairs = all_pairs(config.p);
    auto random = seeded_random(config.seed, RandomStream::split);
    std::ranges::shuffle(pairs, random);
    return split_after(pairs, n_training_pairs(config));
}

std::string to_csv(const Split& split) {
    std::string csv = "a,b,set\n";
    for (const Pair& pair : split.train)
        csv += fmt::format("{},{},train\n", pair.a, pair.b);
    for (const Pair& pair : split.test)
        csv += fmt::format("{},{},test\n", pair.a, pair.b);
    return csv;
}

std::vector<MergedPair> merge_mirrored(std::span<const Pair> pairs) {
    std::vector<Pair> sorted;
    for (const Pair& pair : pairs)
        sorted.push_back({std::min(pair.a, pair.b), std::max(pair.a, pair.b)});
    std::ranges::sort(sorted);
    std::vector<MergedPair> merged;
    for (const Pair& pair : sorted) {
        const bool repeats = !merged.empty() && merged.back().a == pair.a && merged.back().b == pair.b;
        if (repeats)
            ++merged.back().weight;
        else
            merged.push_back({pair.a, pair.b, 1});
    }
    return merged;
}

std::vector<MergedPair> distinct_pairs(const Config& config, std::span<const Pair> pairs) {
    if (!has_positions(config.variant)) return merge_mirrored(pairs);
    std::vector<MergedPair> single;
    for (const Pair& pair : pairs)
        single.push_back({pair.a, pair.b, 1});
    return single;
}

std::vector<Pair> unseen_pairs(const Split& split) {
    std::vector<Pair> unseen;
    for (const Pair& pair : split.test)
        if (!std::ranges::binary_search(split.train, Pair{pair.b, pair.a})) unseen.push_back(pair);
    return unseen;
}

} // namespace grokreport
