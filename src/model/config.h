// The complete description of one training run: the sizes of the model, the optimiser and the seed. Every
// other size is computed from it.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace grokreport {

// relu:   the model of the post.
// linear: the same without its ReLU (the hidden layer is the identity).
// frozen: linear, with the attention to (a, b, =) fixed at (1/2, 1/2, 0): a control that cannot learn
// addition. paper:  relu with a learned positional embedding, the model of Nanda et al. 2023.
enum class Variant { relu, linear, frozen, paper };

std::string to_string(Variant variant);
bool has_relu(Variant variant);
bool has_positions(Variant variant); // whether the model has a positional embedding

inline constexpr int context_length = 3; // a, b, '='

struct Config {
    Variant variant = Variant::relu;
    std::uint64_t seed = 0;
    int epochs = 20000;

    // Sizes of the model.
    int p = 113;
    int d_model = 128;
    int n_heads = 4;
    int d_head = 32;
    int d_mlp = 512;

    // Data and optimiser: full-batch AdamW.
    double train_fraction = 0.3;
    double learning_rate = 1e-3;
    double weight_decay = 1.0;
    double beta1 = 0.9;
    double beta2 = 0.98;
    double epsilon = 1e-8;

    int d_vocab() const { return p + 1; }  // the p numbers and '='
    int equals_token() const { return p; } // the token index of '='
    int n_frequencies() const { return (p - 1) / 2; }
    int heads_width() const { return n_heads * d_head; } // d_model of the stacked heads

    bool operator==(const Config&) const = default;
};

bool is_odd_prime(int n);

// Throws UsageError naming the first value that no run can have (p not an odd prime >= 5, epochs < 1, ...).
void validate(const Config& config);

// Every field by name, in a fixed order.
nlohmann::ordered_json to_json(const Config& config);

// The folder name of the run: "p113-seed0-relu-" and 12 hex digits of the SHA-256 of to_json(config).
std::string run_name(const Config& config);

// How many of the p^2 ordered pairs are trained on: the share train_fraction of them, rounded down.
int n_training_pairs(const Config& config);

// A resume file holds the epoch as a float32, which is exact up to this number.
inline constexpr int most_epochs = 1 << 24;

// The epochs whose weights are saved, ascending: 0, the post's snapshots for this variant (5,000, 10,000 and
// 20,000 with ReLU, 20,000 and 40,000 without) up to the last epoch, and the last epoch.
std::vector<int> snapshot_epochs(const Config& config);

// Whether metrics are taken at this epoch: every 5 epochs up to 500, every 25 afterwards, and at snapshots.
bool is_evaluated(const Config& config, int epoch);

} // namespace grokreport
