#include "sections/recombination/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"
#include "claims/extremes.h"
#include "runs/lists.h"
#include "sections/petals/analysis.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace grokreport {

namespace {

constexpr double little = 0.25; // of the petals left, in words: mostly cancelled

// Whether uneven attention of the heads makes this frequency in the plane of k.
bool is_petal(int frequency, int k, const std::vector<HeadWave>& waves, int p) {
    return std::ranges::any_of(waves, [&](const HeadWave& head) {
        const int f = head.tuning.frequency;
        return frequency == f || frequency == folded(k + f, p) || frequency == folded(k - f, p);
    });
}

// Of the coefficients of the sum besides k, the frequency with most energy and its share.
struct Rest {
    int frequency = 0;
    double share = 0;
};
Rest largest_rest(const Recombination& at) {
    Eigen::VectorXd energies = at.norms.rowwise().squaredNorm();
    const double total = energies.sum();
    energies[at.k - 1] = 0;
    Eigen::Index where = 0;
    const double most = energies.maxCoeff(&where);
    return {static_cast<int>(where) + 1, most / total};
}

// An angle in radians as a share of a turn, in [0, 1).
double turns(double radians) {
    const double share = radians / (2 * std::numbers::pi);
    return share - std::floor(share);
}

// The facts that the text about the figures of one frequency names.
Json drawn_facts(std::size_t rank, const Recombination& at) {
    const Rest rest = largest_rest(at);
    const auto best = std::ranges::max_element(at.head_purities);
    return {{"rank", std::to_string(rank)},
            {"is_first", rank == 1},
            {"k", std::to_string(at.k)},
            {"purity", format_number(at.purity)},
            {"null", format_number(at.purity_null)},
            {"best_head", std::to_string(best - at.head_purities.begin())},
            {"best_head_purity", format_number(*best)},
            {"purer", at.purity > *best},
            {"rest_frequency", std::to_string(rest.frequency)},
            {"rest_share", format_percent(rest.share)},
            {"share_in_plane", format_percent(without_rounding(at.share_in_plane))}};
}

// One row of the table of all frequencies.
Json frequency_facts(bool last, const Recombination& at, const Circle& own) {
    return {{"last", last},
            {"k", std::to_string(at.k)},
            {"purity", format_number(at.purity)},
            {"null", format_number(at.purity_null)},
            {"petals_left", format_percent(without_rounding(at.petals_left))},
            {"own_purity", format_number(own.purity)},
            {"own_null", format_number(own.purity_null)},
            {"ratio", format_number(own.ring.singular_value_ratio)}};
}

} // namespace

Json recombination_facts(const RecombinationResults& shown, bool are_key) {
    Json frequencies = Json::array(), drawn = Json::array();
    for (std::size_t i = 0; i < shown.frequencies.size(); ++i)
        frequencies.push_back(
            frequency_facts(i + 1 == shown.frequencies.size(), shown.frequencies[i], shown.circles[i]));
    for (std::size_t i = 0; i < std::min(shown.frequencies.size(), most_drawn_sums); ++i)
        drawn.push_back(drawn_facts(i + 1, shown.frequencies[i]));
    const auto& flattest = *std::ranges::min_element(
        shown.circles, {}, [](const Circle& at) { return at.ring.singular_value_ratio; });
    const auto& least_pure = *std::ranges::min_element(shown.frequencies, {}, &Recombination::purity);
    const Rest rest = largest_rest(least_pure);
    const auto p = static_cast<int>(shown.o.rows());
    Json heads = Json::array();
    for (const HeadWave& head : shown.waves)
        heads.push_back({{"head", std::to_string(head.tuning.head)},
                         {"frequency", std::to_string(head.tuning.frequency)},
                         {"mean", format_percent(head.wave.mean)},
                         {"amplitude", format_percent(head.wave.amplitude)},
                         {"phase", format_number(turns(head.wave.phase))}});
    return {{"heads", list_of(heads.front(), heads)},
            {"petals_left_least", format_percent(least_of(shown.frequencies, &Recombination::petals_left))},
            {"petals_left_most", format_percent(largest_of(shown.frequencies, &Recombination::petals_left))},
            {"mostly_cancelled", largest_of(shown.frequencies, &Recombination::petals_left) < little},
            {"each_purer", least_of(shown.frequencies, &Recombination::lead) > 0},
            {"are_key", are_key},
            {"count", std::to_string(shown.frequencies.size())},
            {"energy_share", format_percent(without_rounding(shown.energy_share_asked))},
            {"flattest_k", std::to_string(flattest.k)},
            {"flattest_ratio", format_number(flattest.ring.singular_value_ratio)},
            {"least_pure_k", std::to_string(least_pure.k)},
            {"least_pure", format_number(least_pure.purity)},
            {"least_pure_rest", std::to_string(rest.frequency)},
            {"least_pure_rest_is_petal", is_petal(rest.frequency, least_pure.k, shown.waves, p)},
            {"least_pure_rest_is_double", rest.frequency == folded(2 * least_pure.k, p)},
            {"least_pure_in_W_E", format_number(least_pure.in_W_E.purity)},
            {"least_pure_null_in_W_E", format_number(least_pure.in_W_E.purity_null)},
            {"impure_in_W_E", 1 - least_pure.in_W_E.purity > (1 - least_pure.purity) / 2},
            {"has_elsewhere", shown.best_elsewhere.k != 0},
            {"elsewhere_k", std::to_string(shown.best_elsewhere.k)},
            {"elsewhere_purity", number(shown.best_elsewhere.purity)},
            {"elsewhere_null", number(shown.best_elsewhere.purity_null)},
            {"least_pure_rest_share", format_percent(rest.share)},
            {"draws", std::to_string(draws_of_a_null)},
            {"more_than_drawn", frequencies.size() > drawn.size()},
            {"n_drawn", std::to_string(drawn.size())},
            {"drawn", list_of(drawn.front(), drawn)},
            {"frequencies", list_of(frequencies.front(), frequencies)}};
}

} // namespace grokreport
