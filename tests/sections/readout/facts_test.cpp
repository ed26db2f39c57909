#include "sections/readout/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using testing::PlantedReadout;

namespace {

ReadoutResults planted_results() {
    const PlantedReadout planted;
    return analyse_readout(planted.weights(), planted.key, testing::random_weights(planted.p, 6, 2, 3, 8), 0);
}

Evenness even_at(int k, bool double_is_key, double both, double one_number) {
    Evenness at;
    at.k = k;
    at.double_is_key = double_is_key;
    at.trained.flatness = 0.8;
    at.heads_held = at.double_removed.flatness = at.makers_held = at.circles_removed = std::nan("");
    at.both.flatness = both;
    at.one_number.flatness = one_number;
    return at;
}

} // namespace

TEST_CASE("the text speaks of bare amplitudes only where the double could be taken out", "[readout]") {
    ReadoutResults results = planted_results();
    results.evenness.by_frequency = {even_at(2, true, 0.9, 0.7), even_at(3, false, 0.1, 0.2),
                                     even_at(11, false, 0.05, 0.3)};
    Json facts = readout_facts(results, true, {});
    CHECK(facts["has_bare"] == true);
    CHECK(facts["bare_flatness"] == format_number(0.1));
    CHECK(facts["first_order_flatness"] == format_number(0.3));
    CHECK(facts["ways"]["items"][0]["way"] == "not settled: its double is key");
    CHECK(facts["ways"]["items"][1]["way"] == "none of the three alone");

    results.evenness.by_frequency = {even_at(2, true, 0.9, 0.7)};
    facts = readout_facts(results, true, {});
    CHECK(facts["has_bare"] == false);
}

TEST_CASE("the text says how far the first weights without an error double their phases", "[readout]") {
    const ReadoutResults results = planted_results();
    const auto flags = [&](bool memorised, double doubled, double shuffled) {
        const ReadoutSnapshot last{.epoch = 9, .phase_doubled = 1},
            first{.epoch = 5, .memorised = memorised, .phase_doubled = doubled, .phase_shuffled = shuffled};
        const Json facts = readout_facts(results, true, {first, last});
        return std::vector<bool>{facts["doubled_when_memorised"], facts["partly_doubled_when_memorised"],
                                 facts["not_doubled_when_memorised"]};
    };
    CHECK(flags(true, 0.95, 0.2) == std::vector{true, false, false});
    CHECK(flags(true, 0.5, 0.2) == std::vector{false, true, false});
    CHECK(flags(true, 0.1, 0.2) == std::vector{false, false, true});
    CHECK(flags(true, std::nan(""), 0.2) == std::vector{false, false, false});
    CHECK(flags(false, 0.95, 0.2) == std::vector{false, false, false});
}
