#include "sections/decoder/analysis.h"

#include "base/seeded_random.h"
#include "base/undefined.h"
#include "model/activations.h"
#include "model/fixed_number.h"
#include "spectral/fourier.h"
#include "spectral/nulls.h"
#include "spectral/planes.h"

#include <algorithm>
#include <cmath>

namespace grokreport {

namespace {

int decoded_number(int p) {
    return 65 % p;
}

Eigen::MatrixXd less_waves(const Eigen::MatrixXd& X, const std::vector<int>& frequencies) {
    return X - at_frequencies(X, frequencies);
}

// Scores of logits that come one a at a time.
class AnswerScoreSum {
  public:
    void add(int a, const Eigen::MatrixXd& of_number, int p) {
        const std::vector<Pair> pairs = pairs_of_number(a, p);
        const auto numbers = of_number.leftCols(p);
        scores_.add(numbers, pairs, p);
        for (int b = 0; b < p; ++b)
            ahead_ += static_cast<double>(
                (numbers.row(b).array() > numbers(b, answer(pairs[static_cast<std::size_t>(b)], p))).count());
    }
    AnswerScore score(int p) const { return {scores_.accuracy(), ahead_ / (static_cast<double>(p) * p)}; }

  private:
    ScoreSum scores_;
    double ahead_ = 0;
};

// Over the rows of two matrices of one shape.
double row_cosine(const Eigen::MatrixXd& A, const Eigen::MatrixXd& B) {
    const Eigen::ArrayXd products = (A.array() * B.array()).rowwise().sum();
    return (products / (A.rowwise().norm().array() * B.rowwise().norm().array())).mean();
}

} // namespace

Eigen::MatrixXd answer_embeddings(const Eigen::MatrixXd& post, int fixed_a) {
    const Eigen::Index p = post.rows();
    Eigen::MatrixXd embeddings(p, post.cols());
    for (Eigen::Index b = 0; b < p; ++b)
        embeddings.row((fixed_a + b) % p) = post.row(b);
    return centred(embeddings);
}

std::vector<Alignment> alignments(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& embeddings,
                                  const std::vector<int>& frequencies) {
    return alignments_without({}, W_L, embeddings, frequencies);
}

std::vector<Alignment> alignments_without(const std::vector<int>& removed, const Eigen::MatrixXd& W_L,
                                          const Eigen::MatrixXd& embeddings,
                                          const std::vector<int>& frequencies) {
    const Eigen::MatrixXd rows = less_waves(centred(W_L), removed), points = less_waves(embeddings, removed);
    std::vector<Alignment> found;
    for (const int k : frequencies) {
        const Eigen::MatrixXd plane = plane_of(embeddings, k).orthonormal;
        found.push_back({k, row_cosine(rows * plane, points * plane)});
    }
    return found;
}

std::vector<double> permuted_alignments(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& embeddings,
                                        const std::vector<int>& frequencies, std::uint64_t seed) {
    if (frequencies.empty()) return {};
    std::vector<Eigen::MatrixXd> rows, points; // p x 2, one a frequency
    for (const int k : frequencies) {
        const Eigen::MatrixXd plane = plane_of(embeddings, k).orthonormal;
        rows.emplace_back(centred(W_L) * plane);
        points.emplace_back(embeddings * plane);
    }
    std::mt19937_64 random = seeded_random(seed, RandomStream::permutations);
    Shuffle shuffle(W_L.rows());
    std::vector<double> least(draws_of_a_null, 1);
    for (double& of_draw : least) {
        const auto& permutation = shuffle.draw(random);
        for (std::size_t i = 0; i < rows.size(); ++i)
            of_draw = std::min(of_draw, row_cosine(permutation * rows[i], points[i]));
    }
    return least;
}

CircleLogits::CircleLogits(int p, const std::vector<int>& frequencies) {
    for (const int k : frequencies) {
        pairs_.push_back(fourier_pair(p, k));
        coefficients_.push_back(Eigen::MatrixXd::Zero(4, p));
    }
}

void CircleLogits::add(int a, const Eigen::MatrixXd& of_number) {
    const Eigen::Index p = of_number.rows();
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        const Eigen::MatrixXd over_b = pairs_[i].transpose() * of_number.leftCols(p); // 2 x p
        coefficients_[i].topRows(2) += pairs_[i](a, 0) * over_b;
        coefficients_[i].bottomRows(2) += pairs_[i](a, 1) * over_b;
    }
}

Eigen::MatrixXd CircleLogits::of_number(std::size_t i, int a) const {
    return pairs_[i] *
           (pairs_[i](a, 0) * coefficients_[i].topRows(2) + pairs_[i](a, 1) * coefficients_[i].bottomRows(2));
}

Circles scores_by_circle(const PairRows& logits, const std::vector<int>& frequencies) {
    const int p = logits.p();
    CircleLogits kept(p, frequencies);
    AnswerScoreSum intact;
    for (int a = 0; a < p; ++a) {
        const Eigen::MatrixXd of_a = logits.of_number(a);
        kept.add(a, of_a);
        intact.add(a, of_a, p);
    }
    std::vector<AnswerScoreSum> alone(frequencies.size()), together(frequencies.size());
    for (int a = 0; a < p; ++a) {
        Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(p, p);
        for (std::size_t i = 0; i < frequencies.size(); ++i) {
            const Eigen::MatrixXd of_circle = kept.of_number(i, a);
            sum += of_circle;
            alone[i].add(a, of_circle, p);
            together[i].add(a, sum, p);
        }
    }
    Circles circles{frequencies, {}, {}, intact.score(p)};
    for (std::size_t i = 0; i < frequencies.size(); ++i) {
        circles.alone.push_back(alone[i].score(p));
        circles.together.push_back(together[i].score(p));
    }
    return circles;
}

CloseUp close_up(const Eigen::MatrixXd& W_L, const Eigen::MatrixXd& embeddings, int k) {
    const int p = static_cast<int>(W_L.rows());
    const Eigen::MatrixXd plane = plane_of(embeddings, k).orthonormal;
    CloseUp shown;
    shown.k = k;
    shown.c = decoded_number(p);
    shown.embeddings = embeddings * plane;
    shown.decoder = (centred(W_L).row(shown.c) * plane).normalized();
    shown.activations = shown.embeddings * shown.decoder.transpose();
    for (int other = 0; other < p; ++other)
        if (shown.activations[other] > shown.activations[shown.c]) shown.ahead.push_back(other);
    std::ranges::stable_sort(
        shown.ahead, [&](int left, int right) { return shown.activations[left] > shown.activations[right]; });
    return shown;
}

double Circles::all_together() const {
    return together.empty() ? undefined : together.back().accuracy;
}

MeanAndDeviation mean_cosine(const std::vector<Alignment>& alignments) {
    double sum = 0, squares = 0;
    for (const Alignment& at : alignments) {
        sum += at.cosine;
        squares += at.cosine * at.cosine;
    }
    const auto n = static_cast<double>(alignments.size());
    const double mean = sum / n;
    return {mean, std::sqrt(std::max(0.0, squares / n - mean * mean))};
}

DecoderResults analyse_decoder(const Weights& weights, const std::vector<int>& frequencies,
                               std::uint64_t seed) {
    const int p = weights.p();
    const Eigen::MatrixXd W_L = decoder(weights);
    const Eigen::VectorXd shares = energy_shares(W_L);
    const ForwardPass forward(weights, Variant::relu);
    const Activations fixed = forward.hidden(pairs_at_fixed_number(p));
    const Eigen::MatrixXd embeddings = answer_embeddings(fixed.post, fixed_number(p));
    const std::vector<int> others = without(all_frequencies(p), active_frequencies(shares));
    return {.aligned = alignments(W_L, embeddings, frequencies),
            .permuted = permuted_alignments(W_L, embeddings, frequencies, seed),
            .elsewhere = alignments(W_L, embeddings, others),
            .elsewhere_without_key = alignments_without(frequencies, W_L, embeddings, others),
            .circles = scores_by_circle(logits_of_all(forward), frequencies),
            .one_hertz_share = shares[0],
            .close_up = close_up(W_L, embeddings, frequencies.empty() ? 1 : frequencies.front())};
}

} // namespace grokreport
