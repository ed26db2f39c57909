// The trained models of one seed, and the weights that the analyses look at.
#pragma once

#include "model/config.h"
#include "model/dataset.h"
#include "model/weights.h"
#include "runs/trained_run.h"

#include <map>
#include <string>
#include <vector>

namespace grokreport {

// The model with ReLU, the one without, and that one's control with frozen attention.
struct Runs {
    TrainedRun relu, linear, frozen;
};

// Claims are about the weights at this epoch, unless their row in the table of bounds names another.
inline constexpr int judged_epoch = 20000;

// Why a claim that needs so many epochs cannot be judged on a run of `epochs`.
std::string too_few_epochs(int needed, int epochs);

struct Models {
    Config config;
    Split split;                      // empty where it is not known, of a model that was trained elsewhere
    std::map<int, Weights> snapshots; // by epoch: 0 (untrained), 5,000, 10,000, 20,000 and the last one
    std::vector<int> key_frequencies; // K of shown(), by energy share in W_E, largest first

    const Weights& untrained() const { return snapshots.begin()->second; }
    // The weights that figures and text show: those that the claims are about, or the last of a shorter run.
    const Weights& shown() const { return snapshots.at(shown_epoch()); }
    int shown_epoch() const { return has(judged_epoch) ? judged_epoch : snapshots.rbegin()->first; }
    bool has(int epoch) const { return snapshots.contains(epoch); }

    // Why a claim on the weights at `epoch` cannot be judged; empty where it can.
    std::string why_not(int epoch) const;

    // What figures show: the key frequencies, or, where there are none, the three with most energy in W_E.
    std::vector<int> shown_frequencies() const;
};

// Reads the snapshots of a run with ReLU. Throws Error where one is damaged.
Models load_models(const TrainedRun& run);

} // namespace grokreport
