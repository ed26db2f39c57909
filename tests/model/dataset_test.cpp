#include "model/dataset.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace grokreport;

namespace {

Config with(int p, std::uint64_t seed) {
    Config config;
    config.p = p;
    config.seed = seed;
    return config;
}

} // namespace

TEST_CASE("train and test share out all ordered pairs, 30 % to 70 %", "[dataset]") {
    for (int p : {5, 7, 59, 113}) {
        const Split split = split_pairs(with(p, 3));
        std::vector<Pair> all = split.train;
        all.insert(all.end(), split.test.begin(), split.test.end());
        std::ranges::sort(all);
        CHECK(std::ranges::adjacent_find(all) == all.end());
        CHECK(all.size() == static_cast<std::size_t>(p) * p);
        CHECK(split.train.size() == static_cast<std::size_t>(0.3 * p * p));
    }
}

TEST_CASE("the split depends on the seed and on nothing else", "[dataset]") {
    CHECK(split_pairs(with(59, 1)).train == split_pairs(with(59, 1)).train);
    CHECK(split_pairs(with(59, 1)).train != split_pairs(with(59, 2)).train);
    Config longer = with(59, 1);
    longer.epochs = 7;
    longer.variant = Variant::linear;
    CHECK(split_pairs(longer).train == split_pairs(with(59, 1)).train);
}

TEST_CASE("merging mirrors loses no pair", "[dataset]") {
    const Split split = split_pairs(with(23, 0));
    for (const auto& pairs : {split.train, split.test}) {
        std::vector<Pair> unmerged;
        for (const MergedPair& merged : merge_mirrored(pairs)) {
            CHECK(merged.a <= merged.b);
            const int present = static_cast<int>(std::ranges::count(pairs, Pair{merged.a, merged.b})) +
                                (merged.a == merged.b
                                     ? 0
                                     : static_cast<int>(std::ranges::count(pairs, Pair{merged.b, merged.a})));
            CHECK(merged.weight == present);
            unmerged.push_back({merged.a, merged.b});
        }
        CHECK(std::ranges::is_sorted(unmerged));
        CHECK(std::ranges::adjacent_find(unmerged) == unmerged.end());
    }
}

TEST_CASE("with positions no two pairs are the same", "[dataset]") {
    Config config = with(23, 0);
    const Split split = split_pairs(config);
    CHECK(distinct_pairs(config, split.train).size() == merge_mirrored(split.train).size());
    config.variant = Variant::paper;
    CHECK(split_pairs(config).train == split.train);
    const auto pairs = distinct_pairs(config, split.train);
    REQUIRE(pairs.size() == split.train.size());
    CHECK(pairs.front().a == split.train.front().a);
    CHECK(pairs.front().b == split.train.front().b);
    CHECK(std::ranges::all_of(pairs, [](const MergedPair& pair) { return pair.weight == 1; }));
}

TEST_CASE("unseen pairs are those whose mirror is held out too", "[dataset]") {
    const Split split = split_pairs(with(23, 0));
    const auto unseen = unseen_pairs(split);
    for (const Pair& pair : split.test) {
        const bool mirror_is_held_out = std::ranges::binary_search(split.test, Pair{pair.b, pair.a});
        CHECK(std::ranges::binary_search(unseen, pair) == mirror_is_held_out);
    }
}

TEST_CASE("answers wrap around", "[dataset]") {
    CHECK(answer({112, 112}, 113) == 111);
    CHECK(answer({0, 0}, 113) == 0);
}
