#include "sections/readout/explain.h"

#include "model/activations.h"
#include "support/planted_readout.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace grokreport;
using testing::PlantedReadout;

namespace {

// The distance of two angles in turns, at most a half.
double apart(double turns, double other) {
    const double difference = std::abs(turns - other);
    return std::min(difference, 1 - difference);
}

} // namespace

TEST_CASE("a pair is explained by the angles that add up and the cosines that give the logits", "[readout]") {
    const PlantedReadout planted;
    const Weights weights = planted.weights();
    for (const auto& [a, b] : {std::pair(3, 8), std::pair(20, 9), std::pair(0, 22)}) {
        CAPTURE(a, b);
        const ExplainedPair pair = explain_pair(weights, planted.key, a, b);
        CHECK(pair.answer == (a + b) % planted.p);
        CHECK(pair.given == pair.answer);
        CHECK(pair.next != pair.answer);
        CHECK(pair.logit_answer > pair.logit_next);
        CHECK(pair.attention.size() == weights.W_Q.size());
        for (const auto& head : pair.attention)
            CHECK(head[0] + head[1] + head[2] == Approx(1));
        REQUIRE(pair.frequencies.size() == planted.key.size());
        double answer = 0, next = 0;
        for (const ExplainedFrequency& at : pair.frequencies) {
            CAPTURE(at.k);
            CHECK(apart(at.turns_sum, static_cast<double>(at.k * (a + b) % planted.p) / planted.p) < 1e-12);
            CHECK(apart(at.hidden_turns, at.turns_sum) < 0.05);
            answer += at.amplitude;
            next += at.to_next;
        }
        CHECK(answer == Approx(pair.logit_answer).epsilon(0.2));
        CHECK(answer > next);
    }
}

TEST_CASE("the text of a pair is ten to thirty lines and names a wrong answer", "[readout]") {
    PlantedReadout planted;
    const std::string right = to_text(explain_pair(planted.weights(), planted.key, 3, 8));
    CHECK_THAT(right, Catch::Matchers::StartsWith("3 + 8 = 11 mod 23\n"));
    CHECK_THAT(right, Catch::Matchers::EndsWith("answer: 11, which is right\n"));
    const auto lines = std::ranges::count(right, '\n');
    CHECK(lines >= 10);
    CHECK(lines <= 30);

    planted.doubles_phase = false;
    bool wrong = false;
    for (int b = 0; b < planted.p && !wrong; ++b)
        wrong = to_text(explain_pair(planted.weights(), planted.key, 3, b)).ends_with("which is wrong\n");
    CHECK(wrong);
}
