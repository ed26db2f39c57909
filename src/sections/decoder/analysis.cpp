#include "sections/decoder/analysis.h"

#include "model/activations.h"
#include "model/fixed_number.h"
#include "spectral/fourier.h"
#include "spectral/planes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace grokreport {

namespace {

int decoded_number(int p) {
    return 65 % p;
}

// Keeps one frequency of one answer's logits as a p x p matrix over (a, b).
Eigen::MatrixXd at_frequency(const Eigen::MatrixXd& of_answer, const Eigen::MatrixXd& basis, int k) {
    const Eigen::MatrixXd pair = basis.middleCols(cos_column(k), 2);
    return pair * (pair.transpose() * of_answer * pair) * pair.transpose();
}

Eigen::MatrixXd without(Eigen::MatrixXd X, const std::vector<int>& frequencies) {
    const Eigen::MatrixXd basis = fourier_basis(static_cast<int>(X.rows()));
    for (const int k : frequencies) {
        const auto pair = basis.middleCols(cos_column(k), 2);
        X -= pair * (pair.transpose() * X);
    }
    return X;
}

// Over the rows of two matrices of one shape.
double row_cosine(const Eigen::MatrixXd& A, const Eigen::MatrixXd& B) {
    const Eigen::ArrayXd products = (A.array() * B.array()).rowwise().sum();
    return (products / (A.rowwise().norm().array() * B.rowwise().norm().array())).mean();
}

std::vector<int> not_among(const std::vector<int>& active, int p) {
    std::vector<int> others;
    for (int k = 1; k <= (p - 1) / 2; ++k)
        if (std::ranges::find(active, k) == active.end()) others.push_back(k);
    return others;
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
    const Eigen::MatrixXd rows = without(centred(W_L), removed), points = without(embeddings, removed);
    std::vector<Alignment> found;
    for (const int k : frequencies) {
        const Eigen::MatrixXd plane = plane_of(embeddings, k).orthonormal;
        found.push_back({k, row_cosine(rows * plane, points * plane)});
    }
    return found;
}

Eigen::MatrixXd restricted_logits(const Eigen::MatrixXd& logits, int p, const std::vector<int>& frequencies) {
    const Eigen::MatrixXd basis = fourier_basis(p);
    Eigen::MatrixXd restricted = Eigen::MatrixXd::Zero(logits.rows(), p);
    for (int c = 0; c < p; ++c) {
        // Row a p + b of the logits is entry (b, a) of a matrix stored by columns; the projection is
        // symmetric
        const Eigen::MatrixXd of_answer = Eigen::Map<const Eigen::MatrixXd>(logits.col(c).data(), p, p);
        Eigen::Map<Eigen::MatrixXd> kept(restricted.col(c).data(), p, p);
        for (const int k : frequencies)
            kept += at_frequency(of_answer, basis, k);
    }
    return restricted;
}

AnswerScore score_answers(const Eigen::MatrixXd& logits, int p) {
    const std::vector<Pair> pairs = all_pairs(p);
    double ahead = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto row = logits.row(static_cast<Eigen::Index>(i)).head(p).array();
        ahead += static_cast<double>((row > row[answer(pairs[i], p)]).count());
    }
    return {accuracy(logits.leftCols(p), pairs, p), ahead / static_cast<double>(pairs.size())};
}

Circles scores_by_circle(const Eigen::MatrixXd& logits, int p, const std::vector<int>& frequencies) {
    Circles circles{frequencies, {}, {}, score_answers(logits, p)};
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(logits.rows(), p);
    for (const int k : frequencies) {
        const Eigen::MatrixXd alone = restricted_logits(logits, p, {k});
        sum += alone;
        circles.alone.push_back(score_answers(alone, p));
        circles.together.push_back(score_answers(sum, p));
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
    return together.empty() ? std::numeric_limits<double>::quiet_NaN() : together.back().accuracy;
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

DecoderResults analyse_decoder(const Weights& weights, const std::vector<int>& frequencies) {
    const int p = weights.p();
    const Eigen::MatrixXd W_L = decoder(weights);
    const Eigen::VectorXd shares = energy_shares(W_L);
    const Activations fixed = activations(weights, Variant::relu, pairs_at_fixed_number(p));
    const Eigen::MatrixXd embeddings = answer_embeddings(fixed.post, fixed_number(p));
    const Eigen::MatrixXd logits = activations(weights, Variant::relu, all_pairs(p)).logits;
    const std::vector<int> others = not_among(active_frequencies(shares), p);
    return {.aligned = alignments(W_L, embeddings, frequencies),
            .elsewhere = alignments(W_L, embeddings, others),
            .elsewhere_without_key = alignments_without(frequencies, W_L, embeddings, others),
            .circles = scores_by_circle(logits, p, frequencies),
            .one_hertz_share = shares[0],
            .close_up = close_up(W_L, embeddings, frequencies.empty() ? 1 : frequencies.front())};
}

} // namespace grokreport
