// The curves of one training run: metrics.csv.
#pragma once

#include <string>
#include <vector>

namespace grokreport {

struct MetricsRow {
    int epoch = 0;
    double train_loss = 0; // mean cross-entropy over the training pairs, nats
    double test_loss = 0;
    double train_accuracy = 0; // share of pairs whose largest logit is (a + b) mod p
    double test_accuracy = 0;
    std::vector<double> sums_of_squares; // one a parameter, in the order of Metrics::parameters
};

struct Metrics {
    std::vector<std::string> parameters; // "embed.W_E", ...
    std::vector<MetricsRow> rows;        // ascending in epoch
};

// CSV with a header line: epoch,train_loss,...,sum_of_squares:embed.W_E,... Reading a number back gives the
// same double.
std::string to_csv(const Metrics& metrics);

// Throws Error with `name:line` where the text is no such CSV.
Metrics metrics_from_csv(const std::string& text, const std::string& name);

} // namespace grokreport
