// The snippet of docs/other-models.md loads a checkpoint into TransformerLens
// (tests/oracles/transformer_lens_oracle.py).
#include "base/files.h"
#include "checkpoint/checkpoint.h"
#include "model/activations.h"
#include "model/parameters.h"
#include "runs/paths.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

using namespace grokreport;
using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using grokreport::testing::ask_oracle;
using grokreport::testing::has_oracle;
using grokreport::testing::TemporaryFolder;

namespace {

constexpr double float32_tolerance = 1e-4; // of logits of a few units
const std::filesystem::path snippet = GROKREPORT_SOURCE_DIR "/docs/other-models.md";

// Biases included, as a trained model has them.
std::vector<Tensor> random_tensors(const Config& config) {
    const Parameters layout(config);
    std::mt19937_64 random(7);
    std::normal_distribution<float> normal(0, 0.3F);
    std::vector<Tensor> tensors;
    for (const ParameterSpec& spec : layout.specs()) {
        tensors.push_back({spec.name, spec.shape, std::vector<float>(spec.size)});
        std::ranges::generate(tensors.back().values, [&] { return normal(random); });
    }
    return tensors;
}

} // namespace

TEST_CASE("the documented snippet gives our logits in TransformerLens", "[checkpoint][oracle]") {
    if (!has_oracle()) return;
    const TemporaryFolder folder;
    const std::string file = (folder / "x.pt").string();
    for (const Variant variant : {Variant::relu, Variant::paper}) {
        const Config config{
            .variant = variant, .p = 11, .d_model = 12, .n_heads = 3, .d_head = 5, .d_mlp = 20};
        const std::vector<Tensor> tensors = random_tensors(config);
        save_checkpoint(file, tensors);
        const auto seen = nlohmann::json::parse(
            ask_oracle("transformer_lens_oracle.py", {snippet.string(), file, "3", "8"}));

        const std::vector<Pair> pair{{3, 8}};
        const Eigen::MatrixXd logits = activations(to_weights(tensors, file), variant, pair).logits;
        CAPTURE(to_string(variant));
        REQUIRE(seen["logits"].size() == 12);
        for (int token = 0; token < config.d_vocab(); ++token)
            CHECK_THAT(seen["logits"][token].get<double>(), WithinAbs(logits(0, token), float32_tolerance));
        CHECK(seen["shown"] == nlohmann::json{12});

        std::vector<std::string> kept{"blocks.0.attn.IGNORE", "blocks.0.attn.b_K", "blocks.0.attn.b_O",
                                      "blocks.0.attn.b_Q",    "blocks.0.attn.b_V", "blocks.0.attn.mask",
                                      "unembed.b_U"};
        if (!has_positions(variant)) kept.insert(kept.end() - 1, "pos_embed.W_pos");
        CHECK(seen["kept"] == kept);
    }
}

TEST_CASE("the documented snippet names a file that the default report leaves", "[checkpoint]") {
    const Config config;
    CHECK_THAT(read_file(snippet), Contains("torch.load(\"report/runs/" + run_name(config) + "/" +
                                            snapshot_file(config.epochs) + "\")"));
}
