// The measures of the appendix against automatic differentiation.
#include "base/seeded_random.h"
#include "model/transformer.h"
#include "sections/beyond/analysis.h"
#include "sections/beyond/small_model.h"

#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::WithinAbs;

TEST_CASE("gradient symmetricity is that of automatic differentiation", "[beyond]") {
    const auto model = testing::small_model();
    Transformer module(model.config, torch::kFloat64);
    load_parameters(module, model.parameters);
    constexpr int triples = 20;
    auto random = seeded_random(4, RandomStream::samples);
    double sum = 0;
    for (int i = 0; i < triples; ++i) {
        const auto draw = [&] { return static_cast<std::int64_t>(random() % 13); };
        std::int64_t a = draw(), b = draw();
        const std::int64_t c = draw();
        if (a == b) { // one row of W_E stands for both: not what automatic differentiation can tell apart
            sum += 1;
            continue;
        }
        const auto tokens = torch::tensor({{a, b, std::int64_t{13}}});
        module->zero_grad();
        module->forward(tokens)[0][c].backward();
        const auto gradient = module->W_E.grad();
        sum += torch::cosine_similarity(gradient[a], gradient[b], 0).item<double>();
    }
    CHECK_THAT(gradient_symmetricity(model.weights, 4, triples), WithinAbs(sum / triples, 1e-9));
}
