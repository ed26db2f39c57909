// Models as TransformerLens makes them by default, with every bias, trained by Debian's python3-torch in the
// test (tests/oracles/hooked_training_oracle.py), against PyTorch and numpy.
#include "base/seeded_random.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/layouts.h"
#include "checkpoint/state_dict.h"
#include "claims/claim.h"
#include "model/activations.h"
#include "sections/attention/analysis.h"
#include "sections/beyond/analysis.h"
#include "sections/imported/analysis.h"
#include "sections/imported/claims.h"
#include "sections/imported/section.h"
#include "sections/readout/mixing.h"
#include "sections/readout/replacements.h"
#include "spectral/fourier.h"
#include "support/oracle.h"
#include "support/pair_rows.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;
using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using grokreport::testing::of_all;
using grokreport::testing::TemporaryFolder;

namespace {

using OracleJson = nlohmann::json;

constexpr int hooked_p = 13;
constexpr double same_numbers = 1e-9; // float64 on both sides, of values of a few units

struct Hooked {
    // task: "a + b". more: of the oracle's arguments.
    explicit Hooked(const std::string& task, const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{file.string(), std::to_string(hooked_p), "1", "250", task};
        arguments.insert(arguments.end(), more.begin(), more.end());
        said = OracleJson::parse(testing::ask_oracle("hooked_training_oracle.py", arguments));
    }

    TemporaryFolder folder;
    std::filesystem::path file = folder / "a model.pt";
    OracleJson said{};

    ImportedModel load() const { return load_imported_model({.checkpoint = file}); }
};

template <typename Row>
void check_row(const Row& ours, const OracleJson& theirs) {
    REQUIRE(static_cast<std::size_t>(ours.size()) == theirs.size());
    for (Eigen::Index i = 0; i < ours.size(); ++i)
        CHECK_THAT(ours(i), WithinAbs(theirs[static_cast<std::size_t>(i)].get<double>(), same_numbers));
}

void check_activations(const Weights& weights, const OracleJson& said) {
    const std::vector<Pair> pair{{1, 2}};
    const Activations at = activations(weights, Variant::relu, pair);
    check_row(at.logits.row(0), said["logits"]);
    check_row(at.o.row(0), said["o"]);
    check_row(at.pre.row(0), said["pre"]);
    for (std::size_t head = 0; head < at.z.size(); ++head) {
        check_row(at.z[head].row(0), said["z"][head]);
        check_row(at.attention[head].row(0), said["pattern"][head][2]);
    }
}

// The claims of section 9 against tests/oracles/readout_oracle.py. Returns how many were compared.
int compare_readout(const ImportedModel& model, const SectionOutput& output) {
    const auto seen =
        OracleJson::parse(testing::ask_oracle("readout_oracle.py", {model.file.string(), "--claims"}));
    int compared = 0;
    for (const Measurement& measurement : output.measurements) {
        if (!seen.contains(measurement.id) || !measurement.not_run.empty()) continue;
        CAPTURE(measurement.id);
        const OracleJson& values = seen[measurement.id]["values"];
        REQUIRE(measurement.values.size() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!values[i].is_null())
                CHECK_THAT(measurement.values[i], WithinRel(values[i].get<double>(), 1e-6) ||
                                                      WithinAbs(values[i].get<double>(), 1e-9));
        const OracleJson& control = seen[measurement.id]["control"];
        for (std::size_t i = 0; i < std::min(control.size(), measurement.control.size()); ++i)
            if (!control[i].is_null())
                CHECK_THAT(measurement.control[i], WithinRel(control[i].get<double>(), 1e-6) ||
                                                       WithinAbs(control[i].get<double>(), 1e-9));
        ++compared;
    }
    return compared;
}

} // namespace

TEST_CASE("a model with every bias of TransformerLens is analysed exactly", "[imported][biases][oracle]") {
    if (!testing::has_oracle()) return;
    const Hooked hooked("a + b");
    const ImportedModel model = hooked.load();
    const Weights& weights = model.models.shown();
    CHECK(weights.further_biases() == std::vector<std::string>{"b_Q", "b_K", "b_V", "b_O", "b_U"});
    for (const auto& [name, norm] : hooked.said["biases"].items()) {
        CAPTURE(name);
        CHECK(norm.get<double>() > 0.1); // else this model tests too little
    }
    check_activations(weights, hooked.said);

    const ImportedResults results = analyse_imported(model);
    CHECK(results.all.accuracy == hooked.said["accuracy"].get<double>());
    CHECK(results.all.accuracy > 0.9);
    CHECK_FALSE(results.near_chance);
    REQUIRE_FALSE(model.models.key_frequencies.empty());
    CHECK(compare_readout(model, imported_section(model, {.checkpoint = model.file}, results)) >= 8);

    // Without the biases it is another model
    Weights without = weights;
    without.clear_further_biases();
    const std::vector<Pair> pair{{1, 2}};
    CHECK(
        (activations(without, Variant::relu, pair).logits - activations(weights, Variant::relu, pair).logits)
            .cwiseAbs()
            .maxCoeff() > 0.5);
}

TEST_CASE("the parts of a model with biases add up to its logits", "[imported][biases][oracle]") {
    if (!testing::has_oracle()) return;
    const Hooked hooked("a + b");
    const Weights weights = hooked.load().models.shown();
    const Activations all = activations(weights, Variant::relu, all_pairs(hooked_p));
    const Eigen::MatrixXd logits = all.logits.leftCols(hooked_p);
    CHECK((of_all(logits_with_attention(weights, all.attention)) - logits).cwiseAbs().maxCoeff() <
          same_numbers);
    const LogitPaths paths(weights);
    const Eigen::MatrixXd mlp = all.post * paths.W_L().transpose(), direct = paths.direct(all.resid_mid);
    CHECK((direct + paths.mlp_path(mlp) - logits).cwiseAbs().maxCoeff() < same_numbers);
    CHECK((paths.direct_path(direct).rowwise() - weights.b_U.head(hooked_p) - direct).isZero(same_numbers));
    CHECK((paths.identity(all.resid_mid) - all.pre * paths.W_L().transpose()).isZero(same_numbers));
    const ForwardPass forward(weights, Variant::relu);
    CHECK((forward.o(all_pairs(hooked_p)) - all.o).isZero(same_numbers));
    Eigen::MatrixXd o = weights.b_O.replicate(all.o.rows(), 1);
    for (std::size_t head = 0; head < all.z.size(); ++head)
        o += all.z[head] * weights.W_O[head];
    CHECK((o - all.o).isZero(same_numbers));

    // The maps of single pairs, all three tokens looking, are those of the forward pass at '='
    for (const SampledMaps& sample : sampled_attention(weights, 4, 7))
        for (std::size_t head = 0; head < sample.heads.size(); ++head)
            CHECK((sample.heads[head].row(2) -
                   all.attention[head].row(sample.pair.a * hooked_p + sample.pair.b))
                      .isZero(same_numbers));

    // Attention at its mean: by the oracle's way, a mean over pairs of what each pattern brings
    Split everything;
    everything.test = all_pairs(hooked_p);
    const Eigen::MatrixXd held = of_all(logits_with_attention(weights, held_at_mean(all.attention)));
    CHECK(accuracy_with_mean_attention(weights, everything) == accuracy(held, everything.test, hooked_p));
}

TEST_CASE("gradients of a model with biases are those of finite differences", "[imported][biases][oracle]") {
    if (!testing::has_oracle()) return;
    const Hooked hooked("a + b");
    const Weights weights = hooked.load().models.shown();
    constexpr int triples = 3;
    // The same draws as gradient_symmetricity makes, each slope by a step of one coordinate
    auto random = seeded_random(5, RandomStream::samples);
    const auto draw = [&] { return static_cast<int>(random() % hooked_p); };
    double sum = 0;
    for (int i = 0; i < triples; ++i) {
        const int a = draw(), b = draw(), c = draw();
        const std::vector<Pair> pair{{a, b}};
        const auto slopes = [&](int position) {
            Eigen::VectorXd along(weights.d_model());
            for (Eigen::Index j = 0; j < along.size(); ++j) {
                Weights up = weights, down = weights;
                up.W_pos(position, j) += 1e-6; // moves what stands there and nothing else
                down.W_pos(position, j) -= 1e-6;
                along[j] = activations(up, Variant::relu, pair).logits(0, c) -
                           activations(down, Variant::relu, pair).logits(0, c);
            }
            return Eigen::VectorXd(along.normalized());
        };
        sum += slopes(0).dot(slopes(1));
    }
    CHECK_THAT(gradient_symmetricity(weights, 5, triples), WithinAbs(sum / triples, 1e-6));
}

TEST_CASE("other numbers of positions, widths of heads and a prefix are read right",
          "[imported][biases][oracle]") {
    if (!testing::has_oracle()) return;
    for (const auto& [n_ctx, d_head, prefix] : {std::tuple("3", "5", "model."), std::tuple("7", "11", "")}) {
        CAPTURE(n_ctx, d_head);
        const Hooked hooked("a + b", {n_ctx, d_head, prefix});
        const ImportedModel model = hooked.load();
        CHECK(model.prefix == prefix);
        CHECK(model.models.shown().d_head() == std::stoi(d_head));
        CHECK(model.models.shown().n_heads() * std::stoi(d_head) != model.models.shown().d_model());
        check_activations(model.models.shown(), hooked.said);
        CHECK(analyse_imported(model).all.accuracy == hooked.said["accuracy"].get<double>());
    }
}

TEST_CASE("a model of another task is told for what it computes", "[imported][tasks][oracle]") {
    if (!testing::has_oracle()) return;
    for (const std::string task : {"a - b", "b - a", "a * b"}) {
        CAPTURE(task);
        const Hooked hooked(task);
        const ImportedResults results = analyse_imported(hooked.load());
        CHECK(results.near_chance);
        REQUIRE(results.other_task);
        CHECK(results.other_task->name == task);
        CHECK(results.other_task->accuracy == hooked.said["accuracy"].get<double>());
        CHECK(results.all.accuracy < chance_level(hooked_p));
        CHECK_FALSE(results.other_modulus);
    }
    CHECK(analyse_imported(Hooked("a * a + b").load()).other_task == std::nullopt);
}

TEST_CASE("a model with logits of the numbers alone has the same claims", "[imported][biases][oracle]") {
    if (!testing::has_oracle()) return;
    const Hooked hooked("a + b");
    std::vector<Tensor> tensors = load_state_dict(hooked.file, is_weight).tensors;
    for (Tensor& tensor : tensors) {
        if (!tensor.name.starts_with("unembed.")) continue;
        std::vector<float> kept; // all columns but the last
        for (std::size_t i = 0; i < tensor.values.size(); ++i)
            if (i % (hooked_p + 1) != hooked_p) kept.push_back(tensor.values[i]);
        tensor.values = std::move(kept);
        tensor.shape.back() = hooked_p;
    }
    save_checkpoint(hooked.folder / "numbers.pt", tensors);

    const auto measure = [](const std::filesystem::path& file) {
        const ImportRequest request{.checkpoint = file, .split_seed = 3};
        const ImportedModel model = load_imported_model(request);
        return imported_section(model, request, analyse_imported(model)).measurements;
    };
    const std::vector<Measurement> with = measure(hooked.file),
                                   without = measure(hooked.folder / "numbers.pt");
    REQUIRE(with.size() == without.size());
    int compared = 0;
    for (std::size_t i = 0; i < with.size(); ++i) {
        CAPTURE(with[i].id);
        REQUIRE(with[i].id == without[i].id);
        CHECK(with[i].not_run == without[i].not_run);
        // The loss, the control drawn afresh and the gap of logits know the logit of '='
        if (!with[i].id.starts_with("readout.")) continue;
        for (std::size_t check = 0; check < with[i].values.size(); ++check, ++compared)
            CHECK(((std::isnan(without[i].values[check]) && std::isnan(with[i].values[check])) ||
                   std::abs(without[i].values[check] - with[i].values[check]) <= same_numbers));
    }
    CHECK(compared > 10);
}
