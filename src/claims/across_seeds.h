// The verdicts and values of the same claims over several seeds.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace grokreport {

// The result of one seed of a sweep: its document claims.json, or the reason of its failure.
struct SeedOutcome {
    std::uint64_t seed = 0;
    nlohmann::ordered_json document; // null where the seed failed
    std::string failure;             // empty where it did not fail
    std::string commit{};            // of the program that trained it; "a, b" where there are two
};

// Whether every claim of a document that was run has the verdict that its definition expects. claims: its
// array.
bool all_as_expected(const nlohmann::ordered_json& claims);

struct Interval {
    double low = 0, high = 1;
};

// The 95 % score interval of the share k of n (Wilson 1927; Brown, Cai and DasGupta, "Interval estimation for
// a binomial proportion", 2001, equation 4). 0 to 1 where n is 0.
Interval wilson_interval(int k, int n);

// The p value of the exact two-sided sign test: the probability of a split of signs at least as uneven, if
// both signs are equally likely. 1 where there are no signs.
double sign_test(int positive, int negative);

struct CheckAcrossSeeds {
    std::string metric, relation, unit;
    double bound = 0;
    std::vector<double> values; // one a seed, NaN where the seed has no value
};

struct ClaimAcrossSeeds {
    std::string id, section, kind, statement, expected;
    std::vector<std::string> verdicts; // told_verdict() of each of Robustness::seeds, in their order
    int judged = 0;                    // seeds that ran the claim
    int passed = 0, inconclusive = 0;
    Interval interval;                  // of passed over judged
    std::vector<std::uint64_t> missing; // seeds that ran the claim without passing it
    std::vector<CheckAcrossSeeds> checks;
    std::size_t most_missed = 0; // the index of the check that most seeds miss, the first of several

    const CheckAcrossSeeds& shown() const { return checks.at(most_missed); }
};

// A sign test over the seeds for a check of a difference, such as that of 5,000 and 20,000 epochs.
struct PairedTest {
    std::string id, metric;
    int positive = 0, negative = 0, ties = 0;
    double p_value = 1; // of sign_test
};

// The first evaluated epoch with 100 % test accuracy.
struct GrokkedEpoch {
    bool known = false;       // false where the run is too short
    std::optional<int> epoch; // nullopt where there is none
};

// With more seeds than this a figure shows shares and histograms instead of single seeds.
inline constexpr std::size_t most_seeds_apart = 200;

struct Robustness {
    std::vector<std::uint64_t> seeds;     // those that did not fail
    std::vector<SeedOutcome> failed;      // the others, without documents
    std::vector<ClaimAcrossSeeds> claims; // in the order of the table of bounds
    std::vector<PairedTest> paired;
    std::vector<std::string> commits;              // of the programs that trained the seeds, each once
    std::vector<std::vector<int>> key_frequencies; // one list a seed, at its last epoch
    std::vector<GrokkedEpoch> grokked;             // one a seed
    int controls = 0;                              // with finite values only, in all seeds
    int green_controls = 0;                        // those of them that pass
};

// Throws Error where the documents have different claims.
Robustness robustness_of(std::span<const SeedOutcome> outcomes);

// The document robustness.json. Numbers that are not finite become null.
nlohmann::ordered_json to_json(const Robustness& robustness);

} // namespace grokreport
