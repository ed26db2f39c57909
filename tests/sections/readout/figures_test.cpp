#include "drawing/colour_map.h"
#include "drawing/gnuplot.h"
#include "sections/readout/figures.h"
#include "sections/readout/figures_layout.h"
#include "support/drawn.h"
#include "support/planted.h"

#include <catch2/catch.hpp>
#include <set>

using namespace grokreport;
using namespace grokreport::figures;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using grokreport::testing::drawn;
using grokreport::testing::lines_of;

namespace {

constexpr int readout_p = 11, readout_d_mlp = 6;

ReadoutResults readout_of_random(int p, const std::vector<int>& frequencies) {
    const Weights weights = testing::random_weights(p, 8, 2, 4, readout_d_mlp);
    return analyse_readout(weights, frequencies, weights, 0);
}

// Throws where gnuplot complains. Faster than drawn(), which makes all files.
void accepted_by_gnuplot(const Drawing& drawing) {
    CHECK_THAT(drawing.script, !Contains("nan") && !Contains("inf "));
    CHECK_THAT(run_gnuplot(drawing.id, drawing.script, still_time_limit), Contains("</svg>"));
}

// All but the film, which takes seconds.
std::vector<Drawing> readout_stills(const ReadoutResults& results) {
    std::vector<Drawing> drawings{
        readout_ledger("readout-ledger", results),     readout_neurons("readout-neurons", results),
        readout_phases("readout-phases", results),     readout_decoder("readout-decoder", results),
        readout_evenness("readout-evenness", results), readout_rotation("readout-rotation", results),
        readout_ladder("readout-ladder", results)};
    for (Drawing& drawing : drawings)
        drawing.frames.clear();
    return drawings;
}

} // namespace

TEST_CASE("each figure of the read-out has its data with a header", "[figures]") {
    const ReadoutResults results = readout_of_random(readout_p, {2, 5});
    struct Expected {
        std::string id, header;
        int rows;
    };
    const std::vector<Expected> expected{
        {"readout-ledger", "activation,stage,sum,difference,doubles,one_number,rest\n", 2 * 5},
        {"readout-neurons", "neuron,k,phase_in,a,b,pre,post,c,W_L,predicted\n",
         4 * (readout_p * readout_p + readout_p)},
        {"readout-phases", "neuron,k,phase_in_turns,phase_out_turns,twice_in_turns,amplitude,out,weight\n",
         readout_d_mlp},
        {"readout-decoder", "neuron,k,phase_in,decoder,c_0,c_1,", 2 * readout_d_mlp},
        {"readout-evenness",
         "k,difference,turn,as_trained,attention_at_mean,double_removed,both,cosine_scaled\n", 2 * readout_p},
        {"readout-rotation", "k,a,number,turn,pre_1,pre_2,hidden_1,hidden_2,logit_of_number_at_b_0,",
         readout_p},
        {"readout-ladder", "model,accuracy_percent,cross_entropy,kind\ntrained,", 12},
    };
    const std::vector<Drawing> drawings = readout_stills(results);
    REQUIRE(drawings.size() == expected.size());
    for (std::size_t i = 0; i < drawings.size(); ++i) {
        INFO(expected[i].id);
        CHECK(drawings[i].id == expected[i].id);
        CHECK_THAT(drawings[i].csv, StartsWith(expected[i].header));
        CHECK(lines_of(drawings[i].csv) == 1 + expected[i].rows);
        CHECK_THAT(drawn(drawings[i]), Contains("</svg>"));
    }
}

TEST_CASE("the figures of the read-out are drawn for any number of frequencies", "[figures]") {
    for (const std::vector<int>& frequencies :
         {std::vector<int>{}, {7}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}}) {
        INFO(frequencies.size());
        constexpr int p = 29;
        const ReadoutResults results = readout_of_random(p, frequencies);
        for (const Drawing& drawing : readout_stills(results))
            accepted_by_gnuplot(drawing);
        const auto panels = std::min(frequencies.size(), readout::most_panels);
        CHECK(lines_of(readout_evenness("readout-evenness", results).csv) ==
              1 + p * static_cast<long>(panels));
    }
}

TEST_CASE("the smallest modulus is drawn", "[figures]") {
    for (const Drawing& drawing : readout_stills(readout_of_random(5, {2})))
        accepted_by_gnuplot(drawing);
}

TEST_CASE("thinned maps are drawn", "[figures]") {
    constexpr int p = 131; // more than the pixels of a map: every second number on the circle is shown
    const ReadoutResults results = readout_of_random(p, {3});
    for (const Drawing& drawing :
         {readout_neurons("readout-neurons", results), readout_decoder("readout-decoder", results)})
        accepted_by_gnuplot(drawing);
    constexpr int shown = (p + 1) / 2;
    CHECK(lines_of(readout_neurons("readout-neurons", results).csv) == 1 + 4 * (shown * shown + p));
}

TEST_CASE("the film of the read-out shows every b once on its way around the circle", "[figures]") {
    const Drawing film = readout_rotation("readout-rotation", readout_of_random(7, {2}));
    CHECK_THAT(film.frames, Contains("numbers = '0 4 1 5 2 6 3'")); // 2 b mod 7 = 0, 1, ..., 6
    CHECK_THAT(film.frames, Contains("do for [i=0:97]"));           // 14 frames each
    CHECK_THAT(film.frames, !Contains("nan") && !Contains("inf "));
    drawn(film);
}

TEST_CASE("numbers stand around the circle of any frequency in the order of their angle", "[figures]") {
    for (const int p : {5, 113, 499})
        for (const int k : {1, 2, (p - 1) / 2}) {
            const std::vector<int> around = readout::around_circle(k, p);
            CHECK(std::set<int>(around.begin(), around.end()).size() == static_cast<std::size_t>(p));
            for (int i = 0; i < p; ++i)
                CHECK(phase_turn(k, around[static_cast<std::size_t>(i)], p) ==
                      Approx(static_cast<double>(i) / p));
        }
}

TEST_CASE("colours of signed numbers are pale about zero and differ by sign", "[figures]") {
    CHECK(readout::signed_colour(0) == "#f6f5f1");
    CHECK(readout::signed_colour(2) == readout::signed_colour(1));
    CHECK(readout::signed_colour(-2) == readout::signed_colour(-1));
    CHECK(readout::signed_colour(0.5) != readout::signed_colour(-0.5));
    CHECK(readout::signed_number(-0.001, 2) == "0.00");
    CHECK(readout::signed_number(-0.25, 2) == "−0.25");
}
