#include "sections/task/facts.h"

#include "base/json.h"
#include "base/numbers.h"
#include "model/parameters.h"

namespace grokreport {

Json run_facts(const Config& config, const Split& split, Pair example) {
    return {{"seed", std::to_string(config.seed)},
            {"p", std::to_string(config.p)},
            {"p_minus_1", std::to_string(config.p - 1)},
            {"d_vocab", std::to_string(config.d_vocab())},
            {"equals_token", std::to_string(config.equals_token())},
            {"d_model", std::to_string(config.d_model)},
            {"n_heads", std::to_string(config.n_heads)},
            {"d_head", std::to_string(config.d_head)},
            {"d_mlp", std::to_string(config.d_mlp)},
            {"epochs", format_count(config.epochs)},
            {"train_fraction", format_percent(config.train_fraction)},
            {"learning_rate", format_number(config.learning_rate)},
            {"weight_decay", format_number(config.weight_decay)},
            {"n_pairs", format_count(config.p * config.p)},
            {"n_train", format_count(static_cast<std::int64_t>(split.train.size()))},
            {"n_test", format_count(static_cast<std::int64_t>(split.test.size()))},
            {"n_parameters", format_count(static_cast<std::int64_t>(Parameters(config).flat().size()))},
            {"example_a", std::to_string(example.a)},
            {"example_b", std::to_string(example.b)},
            {"example_sum", std::to_string(example.a + example.b)},
            {"example_c", std::to_string(answer(example, config.p))}};
}

} // namespace grokreport
