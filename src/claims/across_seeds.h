// Which claims hold whatever the seed: the verdicts and values of several runs side by side.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace grokreport {

// What became of one seed of a sweep: its claims.json document, or why there is none.
struct SeedOutcome {
    std::uint64_t seed = 0;
    nlohmann::ordered_json document; // null where the seed failed
    std::string failure;             // empty where it did not
    std::string commit{};            // of the program that trained it, or several, "a, b"
};

struct Interval {
    double low = 0, high = 1;
};

// The 95 % score interval of a share, k of n (Wilson 1927; Brown, Cai and DasGupta, "Interval estimation for
// a binomial proportion", 2001, equation 4). 0 to 1 where n is 0.
Interval wilson_interval(int k, int n);

// How likely so uneven a split of signs is, or a more uneven one, if both signs are equally likely: the exact
// two-sided sign test. 1 where there are no signs.
double sign_test(int positive, int negative);

struct CheckAcrossSeeds {
    std::string metric, relation, unit;
    double bound = 0;
    std::vector<double> values; // one a seed, NaN where there is none
};

struct ClaimAcrossSeeds {
    std::string id, section, statement, expected;
    std::vector<std::string> verdicts; // one a seed that did not fail, in their order
    int passed = 0, judged = 0;        // of those that were run
    int inconclusive = 0;
    Interval interval;                  // of passed over judged
    std::vector<std::uint64_t> missing; // seeds on which it was run and does not pass
    std::vector<CheckAcrossSeeds> checks;
    std::size_t most_missed = 0; // the check that most seeds miss, the first of several

    const CheckAcrossSeeds& shown() const { return checks.at(most_missed); }
};

// A check of a difference that a coin might decide, over the seeds: 5,000 epochs against 20,000.
struct PairedTest {
    std::string id, metric;
    int positive = 0, negative = 0, ties = 0;
    double p_value = 1; // of sign_test
};

// The first evaluated epoch with 100 % test accuracy.
struct GrokkedEpoch {
    bool known = false;       // false where the run was too short to say
    std::optional<int> epoch; // none: never
};

// Beyond this many seeds a figure cannot tell them apart: it shows shares and histograms instead.
inline constexpr std::size_t most_seeds_apart = 200;

struct Robustness {
    std::vector<std::uint64_t> seeds;     // those that did not fail
    std::vector<SeedOutcome> failed;      // the others, without documents
    std::vector<ClaimAcrossSeeds> claims; // in the order of the table of bounds
    std::vector<PairedTest> paired;
    std::vector<std::string> commits;              // that trained them, each once
    std::vector<std::vector<int>> key_frequencies; // one a seed: of the last epoch listed
    std::vector<GrokkedEpoch> grokked;             // one a seed
    int controls = 0,
        green_controls = 0; // measured to the end in all seeds together, and how many of them pass
};

// Throws Error where the documents list different claims.
Robustness robustness_of(std::span<const SeedOutcome> outcomes);

// The document robustness.json; numbers that are not finite become null.
nlohmann::ordered_json to_json(const Robustness& robustness);

} // namespace grokreport
