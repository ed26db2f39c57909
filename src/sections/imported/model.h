// A model that somebody else trained, read from a file: its weights, and which pairs it was trained on.
#pragma once

#include "checkpoint/layouts.h"
#include "sections/models.h"
#include "cli/options.h"

#include <filesystem>
#include <optional>
#include <string>

namespace grokreport {

struct ImportedModel {
    std::filesystem::path file;
    std::string sha256; // of the file
    Layout layout;
    // What the sections look at. The model stands as the snapshot at judged_epoch, whatever its epoch; before
    // it, at 0, one of the same sizes with weights drawn afresh, which is what negative controls compare it
    // with. `config` tells sizes alone; `split` is empty where it is not known.
    Models models;

    bool has_split() const { return !models.split.train.empty(); }
};

// Throws Error where the file is damaged, is no model of our architecture, or its p no odd prime, and where
// the file of pairs does not fit it.
ImportedModel load_imported_model(const ImportOptions& options);

// Weights as at the start of a training of ours with these sizes (parameters.h).
Weights fresh_weights(const Config& sizes, bool has_positions);

} // namespace grokreport
