// How evenly pairs of numbers are read (section 9). The logits are nearly sum over K of
// A_k(a, b) cos(w_k (a + b - c)). With attention held at its mean the amplitude A_k is about
// |cos(w_k (a - b) / 2)| (the "pizza" of Zhong et al. 2023, arXiv 2306.17844): pairs half a turn apart
// cancel. A head tuned to k, or a second harmonic of the embedding, evens it out.
#pragma once

#include "model/weights.h"
#include "sections/readout/mixing.h"
#include "sections/readout/terms.h"

#include <Eigen/Core>
#include <string>
#include <vector>

namespace grokreport {

// The amplitude A_k over q = a - b mod p: mean over the p pairs of each q.
struct EvennessProfile {
    Eigen::VectorXd amplitude; // p, row q; empty where the profile was not measured
    // Least over largest: 1 is even. Negative where some amplitude is. NaN where none is positive, or it was
    // not measured.
    double flatness = 0;
    double likeness = 0; // correlation with |cos(w_k q / 2)| over q; NaN where either does not vary
};
EvennessProfile profile_of(const Eigen::VectorXd& amplitude, int k);

// |cos(w_k q / 2)| for q = 0..p-1.
Eigen::VectorXd half_turn_cosine(int k, int p);

// Share of the energy of each head's attention score over the p numbers at each frequency: n_heads x (p-1)/2,
// column k - 1. The score of a number is x W_K . q / sqrt(d_head), q the query of '='; a place adds a
// constant.
Eigen::MatrixXd score_shares(const Weights& weights);
inline constexpr double tuned_score_share =
    0.1; // least share of its score at a frequency for a head to be tuned to it

// Heads with at least tuned_score_share of their score at k, ascending.
std::vector<int> heads_tuned_to(const Eigen::MatrixXd& shares, int k);

// One product of a frequency f of attention scores and a frequency g of W_E that has the frequency 2k, with
// +-f +- g = 2k mod p, f and g different. (f = g = k is a head tuned to k.)
struct MadeDouble {
    int attended = 0;       // f
    int circle = 0;         // g
    std::vector<int> heads; // tuned to f
    double flatness = 0;    // of k, with those heads held at their means
    double ratio = 0;       // over the trained one
    // Flatness of k with the circle g out of W_E, over the trained one; NaN for g = k.
    double circle_ratio = 0;
};

// A flatness over the trained one. NaN where either is NaN or the trained one is not positive: then there is
// nothing that could be taken away.
double ratio_to(double flatness, double trained);

// A component evens a frequency if the flatness without it is at most this fraction of the trained one.
inline constexpr double evened_ratio = 1.0 / 3;

enum class EvenedBy { head, double_circle, made_double, nothing_found };
std::string to_string(EvenedBy by); // "head", "double", "made-double", "nothing-found"

// One key frequency.
struct Evenness {
    int k = 0;
    int doubled = 0;             // 2k, folded
    bool double_is_key = false;  // then it stays in: it has a role of its own
    bool double_is_idle = false; // active in W_E alone
    std::vector<int> heads;      // tuned to k
    EvennessProfile trained;
    EvennessProfile mean_attention; // every head at its mean
    EvennessProfile double_removed; // 2k taken out of W_E, attention as it was; not measured where 2k is key
    EvennessProfile both;           // attention at its mean, all doubles outside K taken out
    EvennessProfile one_number;     // pre reduced to K's terms of one number, without the direct path
    double heads_held = 0;  // flatness with the heads tuned to k at their means; NaN where there are none
    double others_held = 0; // ... with all other heads; NaN where all or none are tuned to k
    std::vector<MadeDouble> made; // all ways, in the order of f, then of K and idle frequencies
    std::vector<int> makers;      // the heads of all those ways, ascending
    // Flatness with all of them at their means, and with the circles of all ways but k out of W_E, attention
    // as it was; NaN where there are none.
    double makers_held = 0, circles_removed = 0;

    double heads_held_ratio() const { return ratio_to(heads_held, trained.flatness); }
    double others_held_ratio() const { return ratio_to(others_held, trained.flatness); }
    double double_removed_ratio() const { return ratio_to(double_removed.flatness, trained.flatness); }
    double makers_held_ratio() const { return ratio_to(makers_held, trained.flatness); }
    double circles_removed_ratio() const { return ratio_to(circles_removed, trained.flatness); }
    bool is_even() const { return trained.flatness >= evened_ratio; }
    // Which tests pass. A double is made by attention where it needs both the heads and the circles.
    bool by_head() const { return heads_held_ratio() <= evened_ratio; }
    bool by_double() const { return double_removed_ratio() <= evened_ratio; }
    bool by_made_double() const {
        return makers_held_ratio() <= evened_ratio && circles_removed_ratio() <= evened_ratio;
    }
    // The product with the smallest max(ratio, circle_ratio); null where there is none.
    const MadeDouble* best_made_double() const;
    // nothing_found where the frequency is not even. Else head or double_circle, whichever passes with the
    // smaller ratio; else made_double where that passes.
    EvenedBy evened_by() const;
};

// Frequencies that are active in W_E alone, ascending, and whether they are doubles of key frequencies.
struct IdleFrequencies {
    struct Double {
        int idle = 0; // 2k, folded
        int k = 0;
        double ratio = 0;         // flatness of k without it over the trained one
        double control_ratio = 0; // ... without the frequencies of `others`; NaN where they are too few
    };
    std::vector<int> idle;
    std::vector<Double> doubles; // those of the idle ones
    int outside = 0;             // frequencies 1..(p-1)/2 that are not in K
    int doubles_outside = 0;     // how many of those are doubles of K
    // As many as `doubles`: of the frequencies that are neither active in W_E nor doubles of K nor in K those
    // with most energy in W_E. Fewer where there are fewer.
    std::vector<int> others;

    double share() const;          // of idle ones that are doubles; NaN where there are none
    double expected_share() const; // of a draw from outside K; NaN where nothing is outside
    // The probability that as many, drawn from outside K without replacement, are all doubles.
    double chance() const;
};
IdleFrequencies idle_frequencies(const Weights& weights, const std::vector<int>& key); // ratios left at NaN

struct EvennessResults {
    std::vector<Evenness> by_frequency; // in the order of K
    IdleFrequencies idle;
    Eigen::MatrixXd score_shares; // n_heads x (p-1)/2
};
// Runs the model once for each thing that is held or taken away. attention: trained.
// one_number: A_k(q) with pre reduced to K's terms of one number, p x |K|.
EvennessResults analyse_evenness(const Weights& weights, const AttentionOfHeads& attention,
                                 const std::vector<int>& key, const Eigen::MatrixXd& one_number);

} // namespace grokreport
