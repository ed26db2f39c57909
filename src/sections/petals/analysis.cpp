#include "sections/petals/analysis.h"

#include "base/seeded_random.h"
#include "model/activations.h"
#include "model/fixed_number.h"
#include "spectral/decompositions.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"
#include "spectral/planes.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

namespace grokreport {

namespace {

constexpr double turn = 2 * std::numbers::pi;

// Affine fits to the same X: Y ~ (X, 1) B.
class AffineFit {
  public:
    explicit AffineFit(const Eigen::MatrixXd& X) : regressors_(X.rows(), X.cols() + 1) {
        regressors_ << X, Eigen::VectorXd::Ones(X.rows());
        inverse_ = pseudo_inverse(regressors_);
    }

    Eigen::MatrixXd coefficients(const Eigen::MatrixXd& Y) const { return inverse_ * Y; }
    // R^2 of the fit, pooled over the coordinates of Y.
    double r_squared(const Eigen::MatrixXd& Y) const {
        return 1 - (Y - regressors_ * coefficients(Y)).squaredNorm() / centred(Y).squaredNorm();
    }

  private:
    Eigen::MatrixXd regressors_, inverse_;
};

double value_at(const AttentionWave& wave, int f, double b, int p) {
    return wave.mean + wave.amplitude * std::cos(turn * f * b / p - wave.phase);
}

Eigen::VectorXd sampled(const AttentionWave& wave, int f, int p) {
    Eigen::VectorXd alpha(p);
    for (int b = 0; b < p; ++b)
        alpha[b] = value_at(wave, f, b, p);
    return alpha;
}

// The numbers in a plane as a and as b, p x 2 each: the same but for a shift, and without positions the same.
struct Places {
    Eigen::MatrixXd as_a, as_b;
};
Places places_in(const Eigen::MatrixXd& plane, const Weights& weights) {
    const int p = weights.p();
    return {weights.embedded(0).topRows(p) * plane, weights.embedded(1).topRows(p) * plane};
}

// Row b: alpha(b) x_a + (1 - alpha(b)) x_b.
Eigen::MatrixXd combination(const Eigen::VectorXd& alpha, const Places& x, int a) {
    return alpha * x.as_a.row(a) + (1 - alpha.array()).matrix().asDiagonal() * x.as_b;
}

// x_b reduced to its mean and its component at k: rows centre, along cos, along sin. x: p x 2.
Eigen::MatrixXd ellipse_of(const Eigen::MatrixXd& x, int k) {
    const auto p = static_cast<int>(x.rows());
    const Eigen::MatrixXd basis = fourier_pair(p, k); // p x 2
    Eigen::MatrixXd ellipse(3, x.cols());
    ellipse << x.colwise().mean(), std::sqrt(2.0 / p) * (basis.transpose() * x);
    return ellipse;
}

// The prediction for real b over one period of the whole curve.
Eigen::MatrixXd smooth_curve(const AttentionWave& wave, const PetalPair& pair, const Places& x, int a) {
    const auto p = static_cast<int>(x.as_b.rows());
    const int f = pair.head.frequency, k = pair.circle, common = std::gcd(f, k);
    const auto on_ellipse = [&](const Eigen::MatrixXd& axes, double n) -> Eigen::RowVectorXd {
        return axes.row(0) + std::cos(turn * k * n / p) * axes.row(1) +
               std::sin(turn * k * n / p) * axes.row(2);
    };
    const Eigen::RowVectorXd x_a = on_ellipse(ellipse_of(x.as_a, k), a);
    const Eigen::MatrixXd axes = ellipse_of(x.as_b, k);
    const int steps = 72 * std::max(f, k) / common;
    Eigen::MatrixXd curve(steps + 1, axes.cols());
    for (int i = 0; i <= steps; ++i) {
        const double b = static_cast<double>(p) / common * i / steps;
        const double alpha = value_at(wave, f, b, p);
        curve.row(i) = alpha * x_a + (1 - alpha) * on_ellipse(axes, b);
    }
    return curve;
}

std::vector<int> expected_lines(int f, int k, int p) {
    std::set<int> lines;
    for (const int line : {f, k, k + f, k - f})
        if (folded(line, p) != 0) lines.insert(folded(line, p));
    return {lines.begin(), lines.end()};
}

// The share of some lines in the energy of Y, its constant left out.
double energy_at(const Eigen::MatrixXd& Y, const std::vector<int>& lines) {
    return at_frequencies(Y, lines).squaredNorm() / centred(Y).squaredNorm();
}

// The share of a plane that lies in the column space of W_V. plane: d_model x 2, orthonormal.
double share_kept(const Eigen::MatrixXd& W_V, const Eigen::MatrixXd& inverse, const Eigen::MatrixXd& plane) {
    return (W_V * (inverse * plane)).squaredNorm() / plane.squaredNorm();
}

// What the same measures give when z no longer belongs to its b.
void measure_permuted(Petal& petal, std::mt19937_64& random) {
    Shuffle shuffle(petal.actual.rows());
    const AffineFit fit(petal.predicted);
    std::vector<double> fits, energies;
    for (int draw = 0; draw < draws_of_a_null; ++draw) {
        const Eigen::MatrixXd shuffled = shuffle.draw(random) * petal.actual;
        fits.push_back(fit.r_squared(shuffled));
        energies.push_back(energy_at(shuffled, petal.lines));
    }
    petal.r2_permuted = null_quantile(std::move(fits));
    petal.energy_permuted = null_quantile(std::move(energies));
}

Petal measure(const Weights& weights, const Activations& at_fixed_a, const PetalPair& pair, int a) {
    const int p = weights.p(), f = pair.head.frequency, k = pair.circle;
    const auto head = static_cast<std::size_t>(pair.head.head);
    const Eigen::MatrixXd plane = plane_of(number_embeddings(weights), k).orthonormal;
    const Eigen::MatrixXd& W_V = weights.W_V[head];
    const Eigen::MatrixXd inverse = pseudo_inverse(W_V);
    const Places x = places_in(plane, weights);

    Petal petal;
    petal.pair = pair;
    petal.kept = share_kept(W_V, inverse, plane);
    petal.attention = wave_of(at_fixed_a.attention[head].col(0), f);
    petal.x_a = x.as_a.row(a);
    petal.predicted = combination(sampled(petal.attention, f, p), x, a);
    petal.actual = at_fixed_a.z[head] * (inverse * plane);
    petal.curve = smooth_curve(petal.attention, pair, x, a);
    const AffineFit fit(petal.predicted);
    petal.to_actual = fit.coefficients(petal.actual);
    petal.r2 = fit.r_squared(petal.actual);
    petal.r2_constant = AffineFit(combination(Eigen::VectorXd::Constant(p, petal.attention.mean), x, a))
                            .r_squared(petal.actual);
    petal.lines = expected_lines(f, k, p);
    petal.energy = energy_at(petal.actual, petal.lines);
    if (!weights.has_positions()) petal.crossings = crossings(petal.attention, f, k, a, p);
    return petal;
}

} // namespace

AttentionWave wave_of(const Eigen::VectorXd& attention, int f) {
    const auto p = static_cast<int>(attention.size());
    const Eigen::MatrixXd basis = fourier_basis(p);
    // The basis is normalised: a coefficient of 1 is a wave of amplitude sqrt(2/p)
    const double c = basis.col(cos_column(f)).dot(attention) * std::sqrt(2.0 / p);
    const double s = basis.col(sin_column(f)).dot(attention) * std::sqrt(2.0 / p);
    return {attention.mean(), std::hypot(c, s), std::atan2(s, c)};
}

std::vector<Tuning> tunings_of(const Eigen::MatrixXd& attention_to_a) {
    std::vector<Tuning> tunings;
    for (Eigen::Index head = 0; head < attention_to_a.cols(); ++head) {
        Eigen::Index top = 0;
        const double share = energy_shares(attention_to_a.col(head)).maxCoeff(&top);
        tunings.push_back({static_cast<int>(head), static_cast<int>(top) + 1, share});
    }
    return tunings;
}

PetalPairs petal_pairs(std::vector<Tuning> tunings, const std::vector<int>& circles) {
    std::ranges::stable_sort(tunings, std::ranges::greater{}, &Tuning::share);
    const Tuning first = tunings.front();
    const auto elsewhere = [&](int frequency) { return frequency != first.frequency; };
    const auto other = std::ranges::find_if(tunings, elsewhere, &Tuning::frequency);
    if (other != tunings.end())
        return {{PetalPair{first, first.frequency}, {*other, first.frequency}, {first, other->frequency}},
                false};
    const Tuning next = tunings.size() > 1 ? tunings[1] : first;
    const int circle = *std::ranges::find_if(circles, elsewhere);
    return {{PetalPair{first, first.frequency}, {next, first.frequency}, {first, circle}}, true};
}

int crossings(const AttentionWave& alpha, int f, int k, int a, int p) {
    const int passes = k / std::gcd(f, k);
    // Steps in the direction phi within a pass, short beside the fastest wave; half a step off x_a at phi = 0
    const int steps = 48 * (2 * f / k + 1);
    const auto alpha_at = [&](int pass, int step) {
        const double turns = pass + (step + 0.5) / steps; // of the circle, since b = a
        return value_at(alpha, f, a + turns * p / k, p);
    };
    int found = 0;
    for (int one = 0; one < passes; ++one)
        for (int other = one + 1; other < passes; ++other)
            for (int step = 0; step + 1 < steps; ++step) {
                const double now = alpha_at(one, step) - alpha_at(other, step);
                const double next = alpha_at(one, step + 1) - alpha_at(other, step + 1);
                if ((now < 0) != (next < 0)) ++found;
            }
    return found;
}

PetalsResults analyse_petals(const Weights& weights, const std::vector<int>& circles, std::uint64_t seed) {
    const int p = weights.p();
    PetalsResults result;
    result.a = fixed_number(p);
    const Activations at_fixed_a = activations(weights, Variant::relu, pairs_at_fixed_number(p));
    Eigen::MatrixXd attention_to_a(p, weights.n_heads());
    for (int head = 0; head < weights.n_heads(); ++head)
        attention_to_a.col(head) = at_fixed_a.attention[static_cast<std::size_t>(head)].col(0);

    result.chosen = petal_pairs(tunings_of(attention_to_a), circles);
    std::mt19937_64 random = seeded_random(seed, RandomStream::permutations);
    for (std::size_t i = 0; i < result.petals.size(); ++i) {
        result.petals[i] = measure(weights, at_fixed_a, result.chosen.pairs[i], result.a);
        measure_permuted(result.petals[i], random);
    }
    return result;
}

PetalFamily petal_family(const Weights& weights, const PetalPair& pair) {
    const int p = weights.p(), f = pair.head.frequency;
    const auto head = static_cast<std::size_t>(pair.head.head);
    const Eigen::MatrixXd plane = plane_of(number_embeddings(weights), pair.circle).orthonormal;
    const Eigen::MatrixXd& W_V = weights.W_V[head];
    const Eigen::MatrixXd from_z = pseudo_inverse(W_V) * plane;

    PetalFamily family{.pair = pair,
                       .x = number_embeddings(weights) * plane,
                       .ellipse = {},
                       .kept = ((weights.W_E * W_V).rowwise() + weights.b_V[head]) * from_z,
                       .to_a = Eigen::MatrixXd(p, p),
                       .to_b = Eigen::MatrixXd(p, p),
                       .waves = {},
                       .to_actual = {},
                       .r2 = {}};
    family.ellipse = ellipse_of(family.x, pair.circle);
    const ForwardPass forward(weights, Variant::relu);
    for (int a = 0; a < p; ++a) {
        const Eigen::MatrixXd attention = forward.attention(pairs_of_number(a, p))[head];
        family.to_a.row(a) = attention.col(0).transpose();
        family.to_b.row(a) = attention.col(1).transpose();
        family.waves.push_back(wave_of(attention.col(0), f));
        const Eigen::MatrixXd predicted =
            combination(sampled(family.waves.back(), f, p), {family.x, family.x}, a);
        const Eigen::MatrixXd actual = attention.col(0) * family.kept.row(a) +
                                       attention.col(1).asDiagonal() * family.kept.topRows(p) +
                                       attention.col(2) * family.kept.row(p);
        const AffineFit fit(predicted);
        family.to_actual.push_back(fit.coefficients(actual));
        family.r2.push_back(fit.r_squared(actual));
    }
    return family;
}

} // namespace grokreport
