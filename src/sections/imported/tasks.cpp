#include "sections/imported/tasks.h"

#include "base/seeded_random.h"
#include "model/activations.h"

#include <algorithm>
#include <array>

namespace grokreport {

namespace {

constexpr double of_chance = 3;
constexpr int sampled_sums = 400;
constexpr double most_sums = 0.5; // the share that makes a modulus recognised

struct Task {
    const char* name;
    int (*answer)(int a, int b, int p);
};
constexpr std::array<Task, 4> tasks{{
    {"a + b", [](int a, int b, int p) { return (a + b) % p; }},
    {"a - b", [](int a, int b, int p) { return (a - b + p) % p; }},
    {"b - a", [](int a, int b, int p) { return (b - a + p) % p; }},
    {"a * b", [](int a, int b, int p) { return a * b % p; }},
}};

// The model with q numbers, the token q as '='.
Weights with_modulus(const Weights& weights, int q) {
    Weights smaller = weights;
    smaller.W_E = weights.W_E.topRows(q + 1);
    return smaller;
}

} // namespace

std::vector<TriedTask> try_tasks(const PairRows& logits) {
    const int p = logits.p();
    std::array<int, tasks.size()> right{};
    for (int a = 0; a < p; ++a) {
        const Eigen::MatrixXd of_a = logits.of_number(a);
        for (int b = 0; b < p; ++b) {
            Eigen::Index largest = 0;
            of_a.row(b).maxCoeff(&largest);
            for (std::size_t task = 0; task < tasks.size(); ++task)
                right[task] += largest == tasks[task].answer(a, b, p) ? 1 : 0;
        }
    }
    std::vector<TriedTask> tried;
    for (std::size_t task = 0; task < tasks.size(); ++task)
        tried.push_back({tasks[task].name, static_cast<double>(right[task]) / (static_cast<double>(p) * p)});
    return tried;
}

double chance_level(int p) {
    return of_chance / p;
}

std::optional<TriedTask> recognised_task(const std::vector<TriedTask>& tried, int p) {
    const TriedTask best = *std::ranges::max_element(tried, {}, &TriedTask::accuracy);
    if (best.accuracy < 2 * chance_level(p)) return std::nullopt;
    return best;
}

std::optional<int> recognised_modulus(const Weights& weights, std::uint64_t seed) {
    constexpr int least = 5;
    for (int q = weights.p() - 1; q >= least; --q) {
        if (!is_odd_prime(q)) continue;
        auto random = seeded_random(seed, RandomStream::samples);
        const auto draw = [&] { return static_cast<int>(random() % static_cast<std::uint64_t>(q)); };
        std::vector<Pair> pairs;
        for (int i = 0; i < sampled_sums; ++i)
            pairs.push_back({draw(), draw()});
        const Eigen::MatrixXd logits = activations(with_modulus(weights, q), Variant::relu, pairs).logits;
        if (accuracy(logits, pairs, q) > std::max(most_sums, 2 * chance_level(q))) return q;
    }
    return std::nullopt;
}

} // namespace grokreport
