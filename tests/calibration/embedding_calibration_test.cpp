#include "calibration/planted_transformer.h"
#include "sections/decoder/claims.h"
#include "sections/embedding/claims.h"
#include "spectral/fourier.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using namespace grokreport::testing;

namespace {

const std::vector<int> moduli{41, 47, 53, 59, 71}; // the nulls of all planes are dear

// Three to five key frequencies and at most one idle one.
PlantedTransformer drawn_circles(Draw& random) {
    PlantedTransformer planted{.p = random.one_of(moduli), .d_model = 64, .d_mlp = 128};
    std::vector<int> all = random.frequencies(6, planted.p);
    planted.key.assign(all.begin(), all.begin() + random.whole(3, 5));
    if (random.whole(0, 1) == 1) planted.idle = {all.back()};
    planted.noise = random.uniform(0.002, 0.01);
    return planted;
}

EmbeddingResults results_of(const PlantedTransformer& planted, Draw& random) {
    const Weights weights = planted.draw(random);
    const int p = planted.p;
    EmbeddingResults results{.p = p,
                             .untrained_embedding = spectrum_of(random.normal(p, 128, 1)),
                             .untrained_decoder = spectrum_of(random.normal(p, 512, 1)),
                             .early = {},
                             .middle = {},
                             .late = {},
                             .analysis = analyse_embedding(weights, static_cast<std::uint64_t>(p)),
                             .epoch = judged_epoch,
                             .shown = planted.key,
                             .shown_others = {}};
    return results;
}

using Change = std::function<void(PlantedTransformer&, Draw&)>;

void calibrate_circles(const std::vector<std::string>& ids, bool is_true, const std::string& model,
                       const Change& change) {
    calibrate<EmbeddingResults>(embedding_claims({}), ids, is_true, model, Cost::dear, [&](Draw& random) {
        PlantedTransformer planted = drawn_circles(random);
        change(planted, random);
        return results_of(planted, random);
    });
}

// Spectra of as many circles as are active at 5,000, 10,000 and 20,000 epochs, with noise between them.
EmbeddingResults pruned_results(Draw& random, bool grows) {
    const int p = random.one_of(moduli);
    const std::vector<int> all = random.frequencies(9, p);
    std::vector<std::pair<int, double>> stages{{random.whole(7, 9), random.uniform(0.02, 0.03)},
                                               {random.whole(5, 7), random.uniform(0.01, 0.02)},
                                               {random.whole(3, 5), random.uniform(0.001, 0.01)}};
    if (grows) std::ranges::reverse(stages);
    const auto spectrum = [&](int epoch, const std::pair<int, double>& stage) {
        const Eigen::MatrixXd axes = random.axes(128, 2 * stage.first);
        Eigen::MatrixXd X = random.normal(p, 128, stage.second);
        for (int i = 0; i < stage.first; ++i)
            X += ring(p, all[static_cast<std::size_t>(i)], random.uniform(0.8, 1.2), 1, 0,
                      axes.middleCols(2 * i, 2));
        return ShownSpectrum{epoch, spectrum_of(X)};
    };
    EmbeddingResults results;
    results.p = p;
    results.early = spectrum(5000, stages[0]);
    results.middle = spectrum(10000, stages[1]);
    results.late = spectrum(20000, stages[2]);
    return results;
}

EmbeddingResults active_at(Draw& random, const std::vector<int>& frequencies) {
    constexpr int p = 113;
    EmbeddingResults results;
    results.p = p;
    const PlantedTransformer planted{.p = p, .key = frequencies};
    results.analysis.embedding = spectrum_of(number_embeddings(planted.draw(random)));
    return results;
}

DecoderResults decoder_of(Draw& random, bool with_one) {
    PlantedTransformer planted = drawn_circles(random);
    planted.key = random.frequencies(4, planted.p, {1});
    if (with_one) planted.key.back() = 1;
    DecoderResults results;
    results.one_hertz_share = energy_shares(decoder(planted.draw(random)))[0];
    return results;
}

} // namespace

TEST_CASE("calibration: circles of W_E and W_L", "[calibration]") {
    calibrate_circles({"embed.sparse", "embed.circles", "embed.no-circles-elsewhere",
                       "decoder.same-frequencies", "decoder.circles"},
                      true, "circles of three to five frequencies in W_E and W_L, one idle, noise",
                      [](PlantedTransformer&, Draw&) {});
    calibrate_circles(
        {"embed.sparse"}, false, "noise at all frequencies",
        [](PlantedTransformer& planted, Draw& random) { planted.noise = random.uniform(1, 2); });
    calibrate_circles(
        {"embed.circles"}, false, "ellipses, the second axis 0.2 to 0.6 of the first",
        [](PlantedTransformer& planted, Draw& random) { planted.ratio = random.uniform(0.2, 0.6); });
    calibrate_circles({"embed.no-circles-elsewhere"}, false, "a pure circle of little energy besides",
                      [](PlantedTransformer& planted, Draw& random) {
                          std::vector<int> taken = planted.key;
                          taken.insert(taken.end(), planted.idle.begin(), planted.idle.end());
                          planted.hidden = random.frequencies(1, planted.p, taken).front();
                      });
    calibrate_circles({"decoder.same-frequencies"}, false, "all but one frequency of W_L are others",
                      [](PlantedTransformer& planted, Draw& random) {
                          planted.decoded = random.frequencies(4, planted.p, planted.key);
                          planted.decoded.back() = planted.key.front();
                      });
    calibrate_circles(
        {"decoder.circles"}, false, "a second wave in the planes of W_L",
        [](PlantedTransformer& planted, Draw& random) { planted.decoder_leak = random.uniform(0.6, 1); });
}

TEST_CASE("calibration: frequencies of W_E and W_L", "[calibration]") {
    const auto embedding = embedding_claims({});
    calibrate<EmbeddingResults>(embedding, {"embed.pruned"}, true, "fewer circles, and cleaner, with time",
                                Cost::cheap, [](Draw& random) { return pruned_results(random, false); });
    calibrate<EmbeddingResults>(embedding, {"embed.pruned"}, false, "the same backwards", Cost::cheap,
                                [](Draw& random) { return pruned_results(random, true); });
    calibrate<EmbeddingResults>(
        embedding, {"embed.other-frequencies"}, true, "five other frequencies", Cost::cheap,
        [](Draw& random) { return active_at(random, random.frequencies(5, 113, {14})); });
    calibrate<EmbeddingResults>(embedding, {"embed.other-frequencies"}, false, "those of the paper",
                                Cost::cheap, [](Draw& random) {
                                    return active_at(random, {14, 35, 41, 42, 52});
                                });
    calibrate<DecoderResults>(decoder_claims({}), {"decoder.no-one-hertz"}, true, "four other frequencies",
                              Cost::cheap, [](Draw& random) { return decoder_of(random, false); });
    calibrate<DecoderResults>(decoder_claims({}), {"decoder.no-one-hertz"}, false, "1 is a key frequency",
                              Cost::cheap, [](Draw& random) { return decoder_of(random, true); });
}
