// A model that was trained elsewhere, read from a file: its weights, and the pairs it was trained on.
#pragma once

#include "checkpoint/layouts.h"
#include "sections/models.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace grokreport {

// Which file, and what the file does not state. The training pairs are those of nanda_split (given_split.h)
// or of a second file; without either they are not known.
struct ImportRequest {
    std::filesystem::path checkpoint{};
    std::string
        item{}; // which of several models in the file (checkpoint/state_dict.h); empty for the only one
    LayoutHints layout{};
    std::optional<std::uint64_t> split_seed{}; // of nanda_split
    double train_fraction = 0.3;               // of nanda_split: this share of all pairs
    std::filesystem::path split_file{};        // empty for none
};

struct ImportedModel {
    std::filesystem::path file;
    std::string sha256; // of the file
    Layout layout;
    std::string item, prefix; // where it stands in the file, and what its names begin with (state_dict.h)
    // The input of the sections. The model is the snapshot at judged_epoch, whatever its epoch. The snapshot
    // at epoch 0 has the same sizes and freshly drawn weights: the negative controls use it. `config` has the
    // right sizes only; `split` is empty where it is not known.
    Models models;

    bool has_split() const { return !models.split.train.empty(); }
};

// Throws Error where the file is damaged or is no model of our architecture, where its p is no odd prime,
// where it is too large to analyse, and where the file of pairs does not fit it.
ImportedModel load_imported_model(const ImportRequest& request);

// The initial weights of our training with these sizes (model/parameters.h).
Weights fresh_weights(const Config& sizes, bool has_positions);

} // namespace grokreport
