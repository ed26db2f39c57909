#include "sections/readout/evenness.h"

#include "spectral/fourier.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>
#include <utility>

namespace grokreport {

namespace {

double flatness_of(const Eigen::VectorXd& amplitude) {
    if (amplitude.size() == 0 || !(amplitude.maxCoeff() > 0)) return std::nan("");
    return amplitude.minCoeff() / amplitude.maxCoeff();
}

double correlation(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y) {
    const Eigen::ArrayXd of_x = x - x.mean(), of_y = y - y.mean();
    const double norms = std::sqrt(of_x.square().sum() * of_y.square().sum());
    return norms > 0 ? (of_x * of_y).sum() / norms : std::nan("");
}

// The model with some heads at their means and some frequencies out of W_E. Runs it once for each change.
class ChangedRuns {
  public:
    ChangedRuns(const Weights& weights, const AttentionOfHeads& attention, const std::vector<int>& key)
        : run_(weights, key), attention_(attention) {}

    // A_k(q): p x |K|.
    const Eigen::MatrixXd& amplitudes(const std::vector<int>& held, const std::vector<int>& removed) {
        const auto [found, is_new] = runs_.try_emplace({held, removed});
        if (is_new) found->second = run_.without(removed).amplitudes(held_at_mean(attention_, held));
        return found->second;
    }

  private:
    ReadoutRun run_;
    const AttentionOfHeads& attention_;
    std::map<std::pair<std::vector<int>, std::vector<int>>, Eigen::MatrixXd> runs_; // by held and removed
};

std::vector<int> other_heads(const std::vector<int>& heads, Eigen::Index n_heads) {
    std::vector<int> others;
    for (int head = 0; head < n_heads; ++head)
        if (!is_among(heads, head)) others.push_back(head);
    return others;
}

// Every way to make the double of k out of a wave that heads attend with and a circle; nothing is measured.
std::vector<MadeDouble> ways_to_make(int doubled, const std::vector<int>& circles,
                                     const Eigen::MatrixXd& shares) {
    const int n_frequencies = static_cast<int>(shares.cols()), p = 2 * n_frequencies + 1;
    std::vector<MadeDouble> ways;
    for (int attended = 1; attended <= n_frequencies; ++attended) {
        const std::vector<int> heads = heads_tuned_to(shares, attended);
        if (heads.empty()) continue;
        for (const int circle : circles) {
            const int sum = attended + circle;
            const bool makes = std::min(sum, p - sum) == doubled || std::abs(attended - circle) == doubled;
            if (makes && attended != circle)
                ways.push_back({.attended = attended, .circle = circle, .heads = heads});
        }
    }
    return ways;
}

} // namespace

double ratio_to(double flatness, double trained) {
    return trained > 0 ? flatness / trained : std::nan("");
}

EvennessProfile profile_of(const Eigen::VectorXd& amplitude, int k) {
    EvennessProfile profile{amplitude, flatness_of(amplitude), std::nan("")};
    if (amplitude.size() > 0)
        profile.likeness = correlation(amplitude, half_turn_cosine(k, static_cast<int>(amplitude.size())));
    return profile;
}

Eigen::VectorXd half_turn_cosine(int k, int p) {
    Eigen::VectorXd wave(p);
    for (int q = 0; q < p; ++q)
        wave[q] = std::abs(std::cos(std::numbers::pi * ((static_cast<long>(k) * q) % p) / p));
    return wave;
}

Eigen::MatrixXd score_shares(const Weights& weights) {
    Eigen::MatrixXd shares(weights.n_heads(), (weights.p() - 1) / 2);
    for (int head = 0; head < weights.n_heads(); ++head) {
        const Eigen::VectorXd query = weights.query(head).transpose();
        shares.row(head) =
            energy_shares(number_embeddings(weights) * (weights.W_K[head] * query)).transpose();
    }
    return shares;
}

std::vector<int> heads_tuned_to(const Eigen::MatrixXd& shares, int k) {
    std::vector<int> heads;
    for (Eigen::Index head = 0; head < shares.rows(); ++head)
        if (shares(head, k - 1) >= tuned_score_share) heads.push_back(static_cast<int>(head));
    return heads;
}

std::string to_string(EvenedBy by) {
    switch (by) {
    case EvenedBy::head:
        return "head";
    case EvenedBy::double_circle:
        return "double";
    case EvenedBy::made_double:
        return "made-double";
    case EvenedBy::nothing_found:
        return "nothing-found";
    }
    return "";
}

const MadeDouble* Evenness::best_made_double() const {
    // A way on the circle of k itself has no test of its circle
    const auto larger = [](const MadeDouble& way) { return std::fmax(way.ratio, way.circle_ratio); };
    const auto best = std::ranges::min_element(made, {}, larger);
    return best == made.end() ? nullptr : &*best;
}

EvenedBy Evenness::evened_by() const {
    if (!is_even()) return EvenedBy::nothing_found;
    if (by_head() && !(by_double() && double_removed_ratio() < heads_held_ratio())) return EvenedBy::head;
    if (by_double()) return EvenedBy::double_circle;
    return by_made_double() ? EvenedBy::made_double : EvenedBy::nothing_found;
}

namespace {

// Everything about the i-th of K, but for the profile with terms of one number alone.
class OneFrequency {
  public:
    OneFrequency(ChangedRuns& runs, const EvennessResults& results, const std::vector<int>& key,
                 std::size_t i)
        : runs_(runs), results_(results), key_(key), at_(static_cast<Eigen::Index>(i)) {
        found_.k = key[i];
        found_.doubled = double_of(found_.k, p());
        found_.double_is_key = is_among(key, found_.doubled);
        found_.double_is_idle = is_among(results.idle.idle, found_.doubled);
    }

    Evenness measured() {
        const std::vector<int> all = other_heads({}, n_heads());
        found_.trained = profile({}, {});
        found_.mean_attention = profile(all, {});
        found_.double_removed =
            found_.double_is_key ? profile_of({}, found_.k) : profile({}, {found_.doubled});
        found_.both = profile(all, doubles_outside(key_, p()));
        measure_heads();
        measure_made_doubles();
        return std::move(found_);
    }

  private:
    int p() const { return 2 * static_cast<int>(results_.score_shares.cols()) + 1; }
    Eigen::Index n_heads() const { return results_.score_shares.rows(); }
    EvennessProfile profile(const std::vector<int>& held, const std::vector<int>& removed) {
        return profile_of(runs_.amplitudes(held, removed).col(at_), found_.k);
    }

    void measure_heads() {
        found_.heads = heads_tuned_to(results_.score_shares, found_.k);
        const std::vector<int> others = other_heads(found_.heads, n_heads());
        const bool is_tuned = !found_.heads.empty();
        found_.heads_held = is_tuned ? profile(found_.heads, {}).flatness : std::nan("");
        found_.others_held = is_tuned && !others.empty() ? profile(others, {}).flatness : std::nan("");
    }

    void measure_made_doubles() {
        std::vector<int> circles = key_;
        circles.insert(circles.end(), results_.idle.idle.begin(), results_.idle.idle.end());
        found_.made = ways_to_make(found_.doubled, circles, results_.score_shares);
        std::set<int> makers, removed;
        for (MadeDouble& way : found_.made) {
            way.flatness = profile(way.heads, {}).flatness;
            way.ratio = ratio_to(way.flatness, found_.trained.flatness);
            way.circle_ratio = way.circle == found_.k
                                   ? std::nan("")
                                   : ratio_to(profile({}, {way.circle}).flatness, found_.trained.flatness);
            makers.insert(way.heads.begin(), way.heads.end());
            if (way.circle != found_.k) removed.insert(way.circle);
        }
        found_.makers.assign(makers.begin(), makers.end());
        found_.makers_held = makers.empty() ? std::nan("") : profile(found_.makers, {}).flatness;
        found_.circles_removed =
            removed.empty() ? std::nan("") : profile({}, {removed.begin(), removed.end()}).flatness;
    }

    ChangedRuns& runs_;
    const EvennessResults& results_;
    const std::vector<int>& key_;
    Eigen::Index at_;
    Evenness found_;
};

} // namespace

EvennessResults analyse_evenness(const Weights& weights, const AttentionOfHeads& attention,
                                 const std::vector<int>& key, const Eigen::MatrixXd& one_number) {
    EvennessResults results{{}, idle_frequencies(weights, key), score_shares(weights)};
    if (key.empty()) return results;
    ChangedRuns runs(weights, attention, key);
    for (std::size_t i = 0; i < key.size(); ++i) {
        Evenness found = OneFrequency(runs, results, key, i).measured();
        found.one_number = profile_of(one_number.col(static_cast<Eigen::Index>(i)), found.k);
        results.by_frequency.push_back(std::move(found));
    }
    const Eigen::MatrixXd& without_others = runs.amplitudes({}, results.idle.others);
    for (IdleFrequencies::Double& idle : results.idle.doubles) {
        const auto i = std::ranges::find(key, idle.k) - key.begin();
        const Evenness& of_k = results.by_frequency[static_cast<std::size_t>(i)];
        idle.ratio = of_k.double_removed_ratio();
        if (results.idle.others.size() == results.idle.doubles.size())
            idle.control_ratio =
                ratio_to(profile_of(without_others.col(i), idle.k).flatness, of_k.trained.flatness);
    }
    return results;
}

} // namespace grokreport
