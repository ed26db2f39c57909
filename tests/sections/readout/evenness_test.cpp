#include "sections/readout/evenness.h"

#include "model/activations.h"
#include "support/exact.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <bit>
#include <catch2/catch.hpp>
#include <numbers>

using namespace grokreport;
using Catch::Matchers::WithinAbs;
using grokreport::testing::exact;
using testing::PlantedReadout;

namespace {

EvennessResults evenness_of(const Weights& weights, const std::vector<int>& key) {
    const ForwardPass forward(weights, Variant::relu);
    return analyse_evenness(weights, forward.attention(all_pairs(weights.p())), key,
                            Eigen::MatrixXd::Ones(weights.p(), static_cast<Eigen::Index>(key.size())));
}

// Draws of n out of `outside` of which the first `good` are good: the share that is all good, by listing
// them.
double share_of_good_draws(int outside, int good, int n) {
    int all = 0, right = 0;
    for (unsigned set = 0; set < 1U << outside; ++set) {
        if (std::popcount(set) != n) continue;
        ++all;
        right += set < 1U << good ? 1 : 0;
    }
    return static_cast<double>(right) / all;
}

} // namespace

TEST_CASE("flatness is least over largest, likeness the correlation with half the angle's cosine",
          "[readout]") {
    const int p = 11;
    for (const int k : {1, 5}) {
        const Eigen::VectorXd wave = half_turn_cosine(k, p);
        for (int q = 0; q < p; ++q)
            CHECK_THAT(wave[q] * wave[q],
                       WithinAbs((1 + std::cos(2 * std::numbers::pi * k * q / p)) / 2, 1e-12));
        CHECK_THAT(profile_of(2 + 3 * wave.array(), k).likeness, WithinAbs(1, exact));
        CHECK(profile_of(wave, k).flatness < 0.2);
        CHECK(profile_of(Eigen::VectorXd::Constant(p, 2), k).flatness == 1);
        CHECK(std::isnan(profile_of(Eigen::VectorXd::Constant(p, 2), k).likeness));
        CHECK(std::isnan(profile_of(-wave, k).flatness));
        CHECK(std::isnan(profile_of({}, k).flatness));
    }
    CHECK(profile_of(Eigen::Vector3d(-1, 2, 1), 1).flatness == -0.5);
}

TEST_CASE("tuned attention evens its frequency, a double its half, and nothing the third", "[readout]") {
    const PlantedReadout planted;
    const EvennessResults results = evenness_of(planted.weights(), planted.key);
    REQUIRE(results.by_frequency.size() == 3);
    const Evenness &tuned = results.by_frequency[0], &doubled = results.by_frequency[1],
                   &bare = results.by_frequency[2];

    CHECK(tuned.heads == std::vector<int>{1, 2});
    CHECK(tuned.trained.flatness > 0.6);
    CHECK(tuned.heads_held_ratio() < evened_ratio);
    CHECK_THAT(tuned.others_held_ratio(), WithinAbs(1, 0.05)); // the first head looks at both numbers alike
    CHECK_THAT(tuned.double_removed_ratio(), WithinAbs(1, exact));
    CHECK(tuned.evened_by() == EvenedBy::head);

    CHECK(doubled.heads.empty());
    CHECK(doubled.double_is_idle);
    CHECK(doubled.trained.flatness > 0.6);
    CHECK_THAT(doubled.mean_attention.flatness, WithinAbs(doubled.trained.flatness, 0.01));
    CHECK(doubled.double_removed_ratio() < evened_ratio);
    CHECK(std::isnan(doubled.heads_held));
    CHECK(doubled.evened_by() == EvenedBy::double_circle);

    CHECK(bare.trained.flatness < evened_ratio);
    CHECK(bare.trained.likeness > 0.99);
    CHECK(bare.evened_by() == EvenedBy::nothing_found);
    for (const Evenness& at : results.by_frequency) {
        CHECK(at.both.flatness < evened_ratio);
        CHECK(at.both.likeness > 0.99);
    }
}

TEST_CASE("a double that is a key frequency is left in", "[readout]") {
    PlantedReadout planted;
    planted.key = {2, 4, 11};
    planted.harmonic = 0;
    const EvennessResults results = evenness_of(planted.weights(), planted.key);
    const Evenness& at = results.by_frequency[0];
    CHECK(at.double_is_key);
    CHECK(at.double_removed.amplitude.size() == 0);
    CHECK(std::isnan(at.double_removed_ratio()));
    CHECK_FALSE(at.by_double());
    CHECK_FALSE(results.by_frequency[1].double_is_key);
}

TEST_CASE("of the ways to even a read-out the test decides", "[readout]") {
    Evenness at;
    at.trained.flatness = 0.8;
    at.heads_held = at.double_removed.flatness = at.makers_held = at.circles_removed = 0.7;
    CHECK(at.evened_by() == EvenedBy::nothing_found);
    at.makers_held = 0.1;
    CHECK(at.evened_by() == EvenedBy::nothing_found); // without the circles it is as flat
    at.circles_removed = 0.1;
    CHECK(at.evened_by() == EvenedBy::made_double);
    at.heads_held = 0.2;
    CHECK(at.evened_by() == EvenedBy::head);
    at.double_removed.flatness = 0.1;
    CHECK(at.evened_by() == EvenedBy::double_circle);
    at.heads_held = 0.05;
    CHECK(at.evened_by() == EvenedBy::head);
}

TEST_CASE("ways to make a double are sums and differences of what heads attend to and of circles",
          "[readout]") {
    const PlantedReadout planted; // heads attend to 2; circles 2, 3, 11 and the idle 6
    const EvennessResults results = evenness_of(planted.weights(), planted.key);
    // The double of 11 is 22, folded 1 = 3 - 2; those of 2 and 3 are 4 = 6 - 2 and 6
    REQUIRE(results.by_frequency[2].made.size() == 1);
    const MadeDouble& way = results.by_frequency[2].made.front();
    CHECK(way.attended == 2);
    CHECK(way.circle == 3);
    CHECK(way.heads == std::vector<int>{1, 2});
    CHECK(results.by_frequency[2].makers == std::vector<int>{1, 2});
    REQUIRE(results.by_frequency[0].made.size() == 1);
    CHECK(results.by_frequency[0].made.front().circle == 6);
    CHECK(results.by_frequency[1].made.empty());
    CHECK(std::isnan(results.by_frequency[1].makers_held));
}

TEST_CASE("idle frequencies are those of W_E alone, and doubles are told from others", "[readout]") {
    const PlantedReadout planted;
    const EvennessResults results = evenness_of(planted.weights(), planted.key);
    const IdleFrequencies& idle = results.idle;
    CHECK(idle.idle == std::vector<int>{6});
    REQUIRE(idle.doubles.size() == 1);
    CHECK(idle.doubles[0].idle == 6);
    CHECK(idle.doubles[0].k == 3);
    CHECK(idle.doubles[0].ratio < evened_ratio);
    CHECK(idle.doubles[0].control_ratio > 0.9);
    CHECK(idle.share() == 1);
    CHECK(idle.outside == 8);
    CHECK(idle.doubles_outside == 3); // 4, 6 and 1
    REQUIRE(idle.others.size() == 1);
    for (const int k : {2, 3, 11, 4, 6, 1})
        CHECK(idle.others[0] != k);

    const IdleFrequencies none = idle_frequencies(planted.weights(), {2, 11});
    CHECK(none.idle == std::vector<int>{3, 6}); // 3 is taken for idle, and is no double
    CHECK(none.doubles.empty());
    CHECK(none.share() == 0);
}

TEST_CASE("chance is that of draws without replacement", "[readout]") {
    IdleFrequencies idle;
    idle.outside = 7;
    idle.doubles_outside = 3;
    for (int n = 1; n <= 4; ++n) {
        idle.idle.assign(static_cast<std::size_t>(n), 1);
        CHECK_THAT(idle.chance(), WithinAbs(share_of_good_draws(7, 3, n), 1e-12));
    }
}

TEST_CASE("without frequencies, or without tuned heads, nothing is measured in vain", "[readout]") {
    PlantedReadout planted;
    planted.tuned = 0;
    const EvennessResults untuned = evenness_of(planted.weights(), planted.key);
    for (const Evenness& at : untuned.by_frequency) {
        CHECK(at.heads.empty());
        CHECK(std::isnan(at.heads_held));
        CHECK(at.made.empty());
    }
    CHECK(untuned.by_frequency[0].evened_by() == EvenedBy::nothing_found);
    const EvennessResults none = evenness_of(planted.weights(), {});
    CHECK(none.by_frequency.empty());
    CHECK(none.idle.doubles.empty());
}

TEST_CASE("nothing evens what is not even", "[readout]") {
    CHECK(ratio_to(0.2, 0.8) == Approx(0.25));
    CHECK(std::isnan(ratio_to(0.3, -0.05))); // a negative flatness has nothing that could be taken away
    CHECK(std::isnan(ratio_to(0.3, 0)));
    CHECK(std::isnan(ratio_to(0.3, std::nan(""))));
    Evenness at;
    at.double_removed.flatness = at.makers_held = at.circles_removed = std::nan("");
    at.trained.flatness = 0.9;
    at.heads_held = 0.01;
    CHECK(at.evened_by() == EvenedBy::head);
    at.trained.flatness = 0.1;
    at.heads_held = 0.001;
    CHECK(at.evened_by() == EvenedBy::nothing_found);
}
