#include "sections/recombination/analysis.h"

#include "base/seeded_random.h"
#include "base/undefined.h"
#include "model/activations.h"
#include "model/fixed_number.h"
#include "spectral/decompositions.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"

#include <algorithm>
#include <complex>
#include <map>

namespace grokreport {

namespace {

// Row b + shift mod p of the result is row b.
Eigen::MatrixXd shifted(const Eigen::MatrixXd& curve, Eigen::Index shift) {
    const Eigen::Index p = curve.rows();
    Eigen::MatrixXd moved(p, curve.cols());
    moved << curve.bottomRows(shift), curve.topRows(p - shift);
    return moved;
}

// Norms over the plane of the cos and sin coefficients at each frequency.
Eigen::MatrixXd coefficient_norms(const Eigen::MatrixXd& Y) {
    const auto p = static_cast<int>(Y.rows());
    const Eigen::VectorXd norms = (fourier_basis(p).transpose() * Y).rowwise().norm();
    Eigen::MatrixXd by_frequency((p - 1) / 2, 2);
    for (int k = 1; k <= (p - 1) / 2; ++k)
        by_frequency.row(k - 1) << norms[cos_column(k)], norms[sin_column(k)];
    return by_frequency;
}

// The energy of Y at k.
double energy(const Eigen::MatrixXd& Y, int k) {
    return (fourier_pair(static_cast<int>(Y.rows()), k).transpose() * Y).squaredNorm();
}

double petals_left(const Weights& weights, const std::vector<HeadWave>& waves, const Eigen::MatrixXd& plane,
                   int k) {
    const Eigen::MatrixXd circle = plane_of(number_embeddings(weights), k).orthonormal;
    std::map<int, Eigen::Matrix2cd> sums; // S_f
    double apart = 0;
    for (std::size_t head = 0; head < waves.size(); ++head) {
        const Eigen::Matrix2d G = circle.transpose() * weights.W_V[head] * weights.W_O[head] * plane;
        const auto& [tuning, wave] = waves[head];
        const auto sum = sums.try_emplace(tuning.frequency, Eigen::Matrix2cd::Zero()).first;
        sum->second += std::polar(wave.amplitude, wave.phase) * G.cast<std::complex<double>>();
        apart += wave.amplitude * G.norm();
    }
    double left = 0;
    for (const auto& [frequency, sum] : sums)
        left += sum.norm();
    return left / apart;
}

Recombination recombine(const Weights& weights, const std::vector<HeadWave>& waves,
                        const std::vector<Eigen::MatrixXd>& o_of_head, const Eigen::MatrixXd& o, int k,
                        std::uint64_t seed) {
    const Eigen::MatrixXd plane = pushed_plane(weights, k);
    Recombination result;
    result.k = k;
    for (const Eigen::MatrixXd& o_h : o_of_head) {
        result.heads.emplace_back(o_h * plane);
        result.head_purities.push_back(purity(result.heads.back(), k));
    }
    result.sum = o * plane;
    result.purity = purity(result.sum, k);
    std::vector<Eigen::MatrixXd> curves = result.heads;
    curves.push_back(result.sum);
    result.purity_null = purity_null_in_one_plane(curves, k, seed);
    result.in_W_E = circle_of(number_embeddings(weights), k, seed);
    result.norms = coefficient_norms(result.sum);
    result.share_in_plane = energy(result.sum, k) / energy(o, k);
    result.petals_left = petals_left(weights, waves, plane, k);
    return result;
}

ShiftedHeads shift_heads(const std::vector<Recombination>& frequencies, std::mt19937_64& random) {
    ShiftedHeads result;
    if (frequencies.empty()) return result;
    const std::size_t n_heads = frequencies.front().heads.size();
    const auto p = frequencies.front().sum.rows();
    std::uniform_int_distribution<Eigen::Index> any_shift(0, p - 1);
    for (int draw = 0; draw < draws_of_a_null; ++draw) {
        std::vector<Eigen::Index> shifts(n_heads);
        std::ranges::generate(shifts, [&] { return any_shift(random); });
        double least_purity = 1, least_lead = 1;
        for (const Recombination& at : frequencies) {
            Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(p, 2);
            for (std::size_t head = 0; head < n_heads; ++head)
                sum += shifted(at.heads[head], shifts[head]);
            const double of_sum = purity(sum, at.k);
            least_purity = std::min(least_purity, of_sum);
            least_lead = std::min(least_lead, of_sum - at.best_head()); // a shift leaves a head's purity
        }
        result.least_purity.push_back(least_purity);
        result.least_lead.push_back(least_lead);
    }
    return result;
}

} // namespace

double Recombination::best_head() const {
    return *std::ranges::max_element(head_purities);
}

Eigen::MatrixXd pushed_plane(const Weights& weights, int k) {
    Eigen::MatrixXd through = Eigen::MatrixXd::Zero(weights.d_model(), weights.d_model());
    for (std::size_t head = 0; head < weights.W_V.size(); ++head)
        through += weights.W_V[head] * weights.W_O[head];
    return orthonormalised(through.transpose() * plane_of(number_embeddings(weights), k).as_in_post);
}

std::optional<Circle> purest_other(const Eigen::MatrixXd& X, const std::vector<int>& known,
                                   std::uint64_t seed) {
    int best = 0;
    double best_purity = -1;
    for (int k = 1; k <= (X.rows() - 1) / 2; ++k) {
        if (std::ranges::find(known, k) != known.end()) continue;
        const double here = purity(X * plane_of(X, k).orthonormal, k);
        if (here > best_purity) best = k, best_purity = here;
    }
    if (best == 0) return {};
    return circle_of(X, best, seed); // its null takes 200 permutations: for this one alone
}

std::vector<int> with_active(std::vector<int> frequencies, const Weights& weights) {
    for (const int k : active_frequencies(energy_shares(number_embeddings(weights))))
        if (std::ranges::find(frequencies, k) == frequencies.end()) frequencies.push_back(k);
    return frequencies;
}

RecombinationResults recombination_of(const Weights& weights, const std::vector<int>& frequencies,
                                      std::uint64_t seed) {
    RecombinationResults results;
    results.a = fixed_number(weights.p());
    const Activations at_fixed_a = activations(weights, Variant::relu, pairs_at_fixed_number(weights.p()));
    std::vector<Eigen::MatrixXd> o_of_head;
    for (std::size_t head = 0; head < weights.W_O.size(); ++head)
        o_of_head.emplace_back(at_fixed_a.z[head] * weights.W_O[head]);

    Eigen::MatrixXd attention_to_a(weights.p(), weights.n_heads());
    for (std::size_t head = 0; head < at_fixed_a.attention.size(); ++head)
        attention_to_a.col(static_cast<Eigen::Index>(head)) = at_fixed_a.attention[head].col(0);
    for (const Tuning& tuning : tunings_of(attention_to_a))
        results.waves.push_back({tuning, wave_of(attention_to_a.col(tuning.head), tuning.frequency)});

    results.o = at_fixed_a.o;
    for (const int k : frequencies)
        results.frequencies.push_back(recombine(weights, results.waves, o_of_head, results.o, k, seed));
    std::mt19937_64 random = seeded_random(seed, RandomStream::permutations);
    results.shifted = shift_heads(results.frequencies, random);
    results.circles = circles_of(results.o, frequencies, seed);
    results.best_elsewhere =
        purest_other(results.o, with_active(frequencies, weights), seed)
            .value_or(Circle{0, undefined, undefined, {undefined, undefined, undefined}});
    const Eigen::VectorXd shares = energy_shares(results.o);
    for (const int k : frequencies)
        results.energy_share_asked += shares[k - 1];
    return results;
}

} // namespace grokreport
