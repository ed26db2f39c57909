// The forward pass of the analyses against the textbook model.
#include "model/activations.h"
#include "model/transformer.h"
#include "sections/grokking/analysis.h"
#include "training/parameter_tensors.h"

#include <catch2/catch.hpp>

using namespace grokreport;

namespace {

Weights weights_in_memory(const Parameters& parameters) {
    std::vector<Tensor> tensors;
    append_tensors(parameters, parameters.flat(), "", tensors);
    return to_weights(tensors, "memory");
}

} // namespace

TEST_CASE("the Eigen forward pass is the textbook transformer", "[activations]") {
    constexpr double float32_tolerance = 1e-9; // double against double, from the same float32 weights
    for (Variant variant : {Variant::relu, Variant::linear, Variant::frozen}) {
        Config config;
        config.variant = variant;
        config.p = 31;
        config.n_heads = 3;
        config.d_head = 9;
        config.d_mlp = 40;
        Parameters parameters = initial_parameters(config);
        for (float& value : parameters.flat())
            value = 3 * value + 0.01F;
        const auto pairs = all_pairs(config.p);

        Transformer model(config, torch::kFloat64);
        load_parameters(model, parameters);
        const auto tokens = tokens_of(config, pairs), answers = answers_of(config, pairs);
        const auto textbook = model->forward(tokens);
        const Eigen::MatrixXd ours = activations(weights_in_memory(parameters), variant, pairs).logits;

        const auto flat = textbook.contiguous();
        using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        const Eigen::Map<const RowMajor> reference(flat.data_ptr<double>(), ours.rows(), ours.cols());
        CHECK((ours - reference).cwiseAbs().maxCoeff() < float32_tolerance * reference.cwiseAbs().maxCoeff());
        CHECK_THAT(
            mean_cross_entropy(ours, pairs, config.p),
            Catch::Matchers::WithinRel(cross_entropy(textbook, answers).item<double>(), float32_tolerance));
        CHECK(accuracy(ours, pairs, config.p) ==
              textbook.argmax(-1).eq(answers).to(torch::kFloat64).mean().item<double>());
        CHECK(asymmetry(weights_in_memory(parameters), variant) < 1e-10);
    }
}
