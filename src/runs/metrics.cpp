#include "runs/metrics.h"

#include "base/error.h"
#include "base/parse_number.h"
#include "model/config.h"
#include "runs/trained_run.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <sstream>

namespace grokreport {

namespace {

constexpr std::size_t n_curves = 5; // epoch, two losses, two accuracies
const std::string sum_prefix = "sum_of_squares:";

std::vector<std::string> split_line(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
        cells.push_back(cell);
    return cells;
}

double number_in(const std::string& cell, const std::string& where) {
    if (const auto value = parse_number<double>(cell)) return *value;
    throw Error(fmt::format("{}: '{}' is no number", where, cell), retrain_mend);
}

int parse_epoch(const std::string& cell, const std::string& where) {
    const double epoch = number_in(cell, where);
    if (!(epoch >= 0 && epoch <= most_epochs && epoch == std::floor(epoch)))
        throw Error(fmt::format("{}: '{}' is no epoch", where, cell), retrain_mend);
    return static_cast<int>(epoch);
}

} // namespace

std::string to_csv(const Metrics& metrics) {
    std::string csv = "epoch,train_loss,test_loss,train_accuracy,test_accuracy";
    for (const std::string& parameter : metrics.parameters)
        csv += fmt::format(",{}{}", sum_prefix, parameter);
    csv += "\n";
    for (const MetricsRow& row : metrics.rows) {
        // {} writes the shortest text that reads back as the same double
        csv += fmt::format("{},{},{},{},{}", row.epoch, row.train_loss, row.test_loss, row.train_accuracy,
                           row.test_accuracy);
        for (double sum : row.sums_of_squares)
            csv += fmt::format(",{}", sum);
        csv += "\n";
    }
    return csv;
}

Metrics metrics_from_csv(const std::string& text, const std::string& name) {
    Metrics metrics;
    std::istringstream stream(text);
    std::string line;
    std::getline(stream, line);
    const auto header = split_line(line);
    if (header.size() < n_curves || header.front() != "epoch")
        throw Error(fmt::format("{}:1: not the header of a metrics file", name), retrain_mend);
    for (std::size_t i = n_curves; i < header.size(); ++i)
        metrics.parameters.push_back(header[i].substr(std::min(sum_prefix.size(), header[i].size())));

    for (int number = 2; std::getline(stream, line); ++number) {
        const std::string where = fmt::format("{}:{}", name, number);
        const auto cells = split_line(line);
        if (cells.size() != header.size())
            throw Error(fmt::format("{}: {} cells instead of {}", where, cells.size(), header.size()),
                        retrain_mend);
        MetricsRow row{parse_epoch(cells[0], where), number_in(cells[1], where), number_in(cells[2], where),
                       number_in(cells[3], where),   number_in(cells[4], where), {}};
        for (std::size_t i = n_curves; i < cells.size(); ++i)
            row.sums_of_squares.push_back(number_in(cells[i], where));
        metrics.rows.push_back(std::move(row));
    }
    return metrics;
}

} // namespace grokreport
