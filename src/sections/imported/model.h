// A model that was trained elsewhere, read from a file: its weights, and the pairs it was trained on.
#pragma once

#include "checkpoint/layouts.h"
#include "sections/models.h"

#include <cstdint>
#include <filesystem>
#include <limits>
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
    std::optional<std::uint64_t> split_seed{};               // of nanda_split
    double train_fraction = 0.3;                             // of nanda_split: this share of all pairs
    std::filesystem::path split_file{};                      // empty for none
    double memory = std::numeric_limits<double>::infinity(); // bytes that the analyses may take
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

// A checkpoint in memory, for the several models that it may hold.
struct ModelFile {
    std::filesystem::path path;
    std::string bytes, sha256;
};
// Throws Error where the file cannot be read or is larger than read_torch_file() allows.
ModelFile read_model_file(const std::filesystem::path& path);

// The model that the request asks for in this file. Throws Error where the file is damaged or is no model of
// our architecture, where its p is no odd prime, where its analyses need more memory than the request
// allows, and where the file of pairs does not fit it.
ImportedModel load_imported_model(const ModelFile& file, const ImportRequest& request);

// Reads the file that the request names first.
ImportedModel load_imported_model(const ImportRequest& request);

// Throws Error where p or a dimension differs: the two are no snapshots of one training.
void require_same_sizes(const ImportedModel& model, const ImportedModel& other);

// The initial weights of our training with these sizes (model/parameters.h).
Weights fresh_weights(const Config& sizes, bool has_positions);

} // namespace grokreport
