#include "sections/petals/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"

#include <numeric>

namespace grokreport {

namespace {

Json head_facts(const Petal& petal) {
    const AttentionWave& wave = petal.attention;
    return {{"head_share", format_percent(petal.pair.head.share)},
            {"mean_attention", format_percent(wave.mean)},
            {"least_attention", format_percent(wave.mean - wave.amplitude)},
            {"largest_attention", format_percent(wave.mean + wave.amplitude)}};
}

Json pair_facts(const Petal& petal) {
    const int f = petal.pair.head.frequency, k = petal.pair.circle;
    return {{"head", std::to_string(petal.pair.head.head)},
            {"f", std::to_string(f)},
            {"k", std::to_string(k)},
            {"slower", f < k},
            {"overlaps", petal.overlaps()},
            {"rule_holds", petal.overlaps() == petal.overlap_expected()},
            {"passes", std::to_string(k / std::gcd(f, k))},
            {"crossings", format_count(petal.crossings.value_or(0))},
            {"kept", format_percent(without_rounding(petal.kept))},
            {"r2", format_number(petal.r2)},
            {"r2_constant", format_number(petal.r2_constant)},
            {"r2_permuted", format_number(petal.r2_permuted)},
            {"lines", listed(petal.lines)},
            {"energy", format_percent(without_rounding(petal.energy))}};
}

} // namespace

Json petals_facts(const PetalsResults& shown) {
    const auto& [first, second, third] = shown.petals;
    Json of_first = pair_facts(first), of_second = pair_facts(second);
    of_first.update(head_facts(first)); // the third pair has the first one's head
    of_second.update(head_facts(second));
    of_second["same_frequency"] = second.pair.head.frequency == second.pair.circle;
    return {{"a", std::to_string(shown.a)},
            {"last_b", std::to_string(first.actual.rows() - 1)},
            {"one_frequency", shown.chosen.one_frequency},
            {"first", of_first},
            {"second", of_second},
            {"third", pair_facts(third)}};
}

} // namespace grokreport
