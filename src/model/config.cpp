#include "model/config.h"

#include "base/error.h"
#include "base/hash.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace grokreport {

namespace {

void require(bool holds, const std::string& what, const std::string& mend) {
    if (!holds) throw UsageError(what, mend);
}

} // namespace

bool is_odd_prime(int n) {
    if (n < 3 || n % 2 == 0) return false;
    for (int divisor = 3; divisor * divisor <= n; divisor += 2)
        if (n % divisor == 0) return false;
    return true;
}

std::string to_string(Variant variant) {
    switch (variant) {
    case Variant::relu:
        return "relu";
    case Variant::linear:
        return "linear";
    case Variant::frozen:
        return "frozen";
    case Variant::paper:
        return "paper";
    }
    throw Error("unknown model variant", "");
}

bool has_relu(Variant variant) {
    return variant == Variant::relu || variant == Variant::paper;
}

bool has_positions(Variant variant) {
    return variant == Variant::paper;
}

void validate(const Config& config) {
    require(config.p >= 5 && is_odd_prime(config.p),
            fmt::format("--p {}: not an odd prime of at least 5", config.p),
            "choose a prime such as 59, 113 or 199");
    require(config.p <= 2003, fmt::format("--p {}: larger than 2003", config.p),
            "tables of p x p pairs would not fit; choose a smaller prime");
    require(config.epochs >= 1, fmt::format("--epochs {}: fewer than 1", config.epochs),
            "train for at least one epoch");
    require(config.epochs <= most_epochs,
            fmt::format("--epochs {}: more than {}", config.epochs, most_epochs), "train for fewer epochs");
    require(config.d_model >= 2 && config.n_heads >= 1 && config.d_head >= 1 && config.d_mlp >= 2,
            "the model's sizes must be positive (--d-model and --d-mlp at least 2)",
            "raise the smallest of them");
    require(config.train_fraction > 0 && config.train_fraction < 1,
            fmt::format("--train-fraction {}: not between 0 and 1", config.train_fraction),
            "the post uses 0.3");
    require(n_training_pairs(config) >= 1,
            fmt::format("--train-fraction {}: leaves no pair to train on", config.train_fraction),
            "choose a larger fraction");
    require(config.learning_rate > 0 && std::isfinite(config.learning_rate),
            fmt::format("--learning-rate {}: not positive", config.learning_rate), "the post uses 0.001");
    require(config.weight_decay >= 0 && std::isfinite(config.weight_decay),
            fmt::format("--weight-decay {}: negative", config.weight_decay), "the post uses 1.0");
}

nlohmann::ordered_json to_json(const Config& config) {
    return {{"variant", to_string(config.variant)},
            {"seed", config.seed},
            {"epochs", config.epochs},
            {"p", config.p},
            {"d_vocab", config.d_vocab()},
            {"d_model", config.d_model},
            {"n_heads", config.n_heads},
            {"d_head", config.d_head},
            {"d_mlp", config.d_mlp},
            {"train_fraction", config.train_fraction},
            {"learning_rate", config.learning_rate},
            {"weight_decay", config.weight_decay},
            {"beta1", config.beta1},
            {"beta2", config.beta2},
            {"epsilon", config.epsilon}};
}

std::string run_name(const Config& config) {
    return fmt::format("p{}-seed{}-{}-{}", config.p, config.seed, to_string(config.variant),
                       sha256_hex(to_json(config).dump()).substr(0, 12));
}

int n_training_pairs(const Config& config) {
    return static_cast<int>(config.train_fraction * (config.p * config.p));
}

std::vector<int> snapshot_epochs(const Config& config) {
    std::vector<int> epochs =
        has_relu(config.variant) ? std::vector{0, 5000, 10000, 20000} : std::vector{0, 20000, 40000};
    std::erase_if(epochs, [&](int epoch) { return epoch > config.epochs; });
    if (epochs.back() != config.epochs) epochs.push_back(config.epochs);
    return epochs;
}

bool is_evaluated(const Config& config, int epoch) {
    const int stride = epoch <= 500 ? 5 : 25;
    const auto snapshots = snapshot_epochs(config);
    return epoch % stride == 0 || std::ranges::binary_search(snapshots, epoch);
}

} // namespace grokreport
