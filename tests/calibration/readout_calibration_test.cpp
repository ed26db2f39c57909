// Section 9: models that read their answer out as it says, and models that lack one part of it.
#include "calibration/drawn_readouts.h"
#include "sections/readout/claims.h"
#include "spectral/fourier.h"
#include "support/planted.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

using Plant = std::function<Weights(Draw&, std::vector<int>& key)>;
using ReadoutChange = std::function<void(PlantedReadout&, Draw&)>;

void calibrate_readout(const std::vector<std::string>& ids, bool is_true, const std::string& model,
                       const Plant& plant) {
    calibrate<ReadoutResults>(readout_claims({}), ids, is_true, model, Cost::dear, [&](Draw& random) {
        std::vector<int> key;
        Weights weights = plant(random, key);
        const Eigen::VectorXd equals = weights.W_E.rightCols(1);
        for (Eigen::MatrixXd* const part : {&weights.W_E, &weights.W_in, &weights.W_out, &weights.W_U})
            *part += random.normal(part->rows(), part->cols(), random.uniform(0.0005, 0.003));
        // Scores of '=' are multiplied by -40: noise of the numbers in its column, the last, would be
        // attention
        weights.W_E.rightCols(1) = equals;
        return analyse_readout(weights, key, random_weights(weights.p(), 6, 2, 3, 8), 1);
    });
}

Plant planted_by(const std::function<PlantedReadout(Draw&)>& draw) {
    return [draw](Draw& random, std::vector<int>& key) {
        const PlantedReadout planted = draw(random);
        key = planted.key;
        return planted.weights();
    };
}

Plant planted_with(const ReadoutChange& change) {
    return planted_by([change](Draw& random) {
        PlantedReadout planted = good_model(random);
        change(planted, random);
        return planted;
    });
}

// The weights of a good model, changed.
Plant weights_with(const std::function<void(Weights&, const PlantedReadout&)>& change) {
    return [change](Draw& random, std::vector<int>& key) {
        const PlantedReadout planted = good_model(random);
        key = planted.key;
        Weights weights = planted.weights();
        change(weights, planted);
        return weights;
    };
}

// A model that prefers half of the answers by three quarters of the least lead of the right answer. The even
// model still answers all pairs. One that nothing evens loses many, where |cos w_k (a - b)/2| is small.
Plant preferring(bool is_evened) {
    return [is_evened](Draw& random, std::vector<int>& key) {
        PlantedReadout planted = good_model_with_answers_apart(random);
        const double start = 0.75 * least_lead(planted.weights());
        if (!is_evened) planted.tuned = planted.harmonic = 0;
        key = planted.key;
        return with_preferences(planted, start, random);
    };
}

void lift_clear_of_the_relu(Weights& weights, const PlantedReadout&) {
    weights.b_in.setConstant(20);
}

// Takes frequency k out of W_E, or moves its circle to another frequency.
void move_double(Weights& weights, const PlantedReadout& planted, int to) {
    const int p = planted.p, from = double_of(planted.harmonic, p);
    const Eigen::MatrixXd basis = fourier_basis(p);
    const Eigen::MatrixXd pair = basis.middleCols(cos_column(from), 2);
    const Eigen::MatrixXd circle = pair.transpose() * weights.W_E.topRows(p);
    weights.W_E.topRows(p) -= pair * circle;
    if (to > 0) weights.W_E.topRows(p) += basis.middleCols(cos_column(to), 2) * circle;
}

int no_double(const PlantedReadout& planted) {
    for (int k = 1; k <= (planted.p - 1) / 2; ++k) {
        const auto is_near = [&](int key) { return k == key || k == double_of(key, planted.p); };
        if (std::ranges::none_of(planted.key, is_near)) return k;
    }
    return 0;
}

} // namespace

TEST_CASE("calibration: the product in the ReLU", "[calibration]") {
    calibrate_readout({"readout.multiplies-in-relu"}, true,
                      "one key frequency, attention that is the same for all pairs",
                      planted_with([](PlantedReadout& planted, Draw&) {
                          planted.key = {planted.harmonic};
                          planted.tuned = 0;
                      }));
    const char* const many = "four or five key frequencies, attention that is the same for all pairs";
    calibrate_readout({"readout.even-part"}, true, many, planted_by(uneven_model));
    calibrate_readout({"readout.even-part"}, false, "one key frequency, whose product is made by attention",
                      planted_with([](PlantedReadout& planted, Draw&) {
                          planted.key = {planted.tuned};
                          planted.harmonic = 0;
                      }));
    const char* const lifted = "a good model whose biases lift all neurons clear of the ReLU";
    calibrate_readout({"readout.multiplies-in-relu", "readout.even-part", "readout.turns"}, false, lifted,
                      weights_with(lift_clear_of_the_relu));
}

TEST_CASE("calibration: phases and decoders", "[calibration]") {
    calibrate_readout({"readout.phase-doubled", "readout.decoder-written-down", "readout.mlp-alone",
                       "readout.cosines", "readout.even", "readout.attention-evens", "readout.idle-evens",
                       "readout.turns"},
                      true, "a good model: two key frequencies, one evened by heads, one by its double",
                      planted_with([](PlantedReadout&, Draw&) {}));
    calibrate_readout({"readout.phase-doubled", "readout.decoder-written-down"}, false,
                      "a good model that answers with the phase itself, or with shuffled neurons",
                      planted_with([](PlantedReadout& planted, Draw& random) {
                          planted.shuffled = random.whole(0, 1) == 1;
                          planted.doubles_phase = planted.shuffled;
                      }));
    calibrate_readout({"readout.cosines"}, false, "a good model that answers with the phase itself",
                      planted_with([](PlantedReadout& planted, Draw&) { planted.doubles_phase = false; }));
    calibrate_readout({"readout.mlp-alone"}, false, "a good model without an MLP",
                      weights_with([](Weights& weights, const PlantedReadout&) { weights.W_out.setZero(); }));
}

TEST_CASE("calibration: evenness", "[calibration]") {
    calibrate_readout({"readout.even"}, false, "a third key frequency that nothing evens",
                      planted_with([](PlantedReadout& planted, Draw& random) {
                          planted.key = key_without_doubles(random, 3, planted.p);
                          planted.tuned = planted.key[0];
                          planted.harmonic = planted.key[1];
                      }));
    calibrate_readout({"readout.attention-evens"}, false,
                      "the frequency of the heads is evened by its double too",
                      planted_with([](PlantedReadout& planted, Draw&) { planted.harmonic = planted.tuned; }));
    calibrate_readout({"readout.idle-are-doubles"}, true, "a good model with one idle frequency, a double",
                      planted_by([](Draw& random) {
                          return good_model(random, {37, 41, 43});
                      }));
    calibrate_readout({"readout.idle-are-doubles"}, false, "a good model whose idle frequency is no double",
                      weights_with([](Weights& weights, const PlantedReadout& planted) {
                          move_double(weights, planted, no_double(planted));
                      }));
    calibrate_readout({"readout.idle-evens"}, false, "an idle double that no neuron reads",
                      weights_with([](Weights& weights, const PlantedReadout& planted) {
                          for (int axis = 0; axis < 2; ++axis)
                              weights.W_in.row(2 * planted.n_frequencies() + axis).setZero();
                      }));
}

TEST_CASE("calibration: second order", "[calibration]") {
    calibrate_readout(
        {"readout.second-order"}, true,
        "a good model that prefers half of the answers, by less than an even read-out overcomes",
        preferring(true));
    calibrate_readout({"readout.second-order"}, false, "the same, with nothing that evens",
                      preferring(false));
    calibrate_readout({"readout.second-order"}, false,
                      "four or five key frequencies, which answer all pairs unevened",
                      planted_by(uneven_model));
}
