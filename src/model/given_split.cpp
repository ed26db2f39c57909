#include "model/given_split.h"

#include "base/error.h"
#include "base/files.h"
#include "base/parse_number.h"
#include "base/python_random.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

namespace grokreport {

namespace {

enum class Membership : char { none, train, test };

// One line of the file and its place.
struct Line {
    std::string_view text;
    std::string place; // "pairs.csv:7"

    [[noreturn]] void refuse(const std::string& what) const {
        throw Error(fmt::format("{}: {}", place, what),
                    "write a training pair a line, \"a,b\", or \"a,b,train\" and \"a,b,test\"");
    }
};

// The columns without the white space around them.
std::vector<std::string_view> columns_of(std::string_view text) {
    std::vector<std::string_view> columns = split(text, ',');
    for (std::string_view& column : columns) {
        column.remove_prefix(std::min(column.find_first_not_of(" \t"), column.size()));
        column.remove_suffix(column.size() - std::min(column.find_last_not_of(" \t\r") + 1, column.size()));
    }
    return columns;
}

int number_in(const Line& line, std::string_view text, int p) {
    const auto number = parse_number<int>(text);
    if (!number || *number < 0 || *number >= p)
        line.refuse(fmt::format("'{}' is no number from 0 to {}", text.substr(0, 20), p - 1));
    return *number;
}

void add_pair(const Line& line, int p, std::vector<Membership>& sets) {
    const auto columns = columns_of(line.text);
    if (columns.size() != 2 && columns.size() != 3) line.refuse("not two or three columns");
    const bool is_test = columns.size() == 3 && columns[2] == "test";
    if (columns.size() == 3 && !is_test && columns[2] != "train")
        line.refuse(fmt::format("'{}' is neither train nor test", columns[2].substr(0, 20)));
    const int a = number_in(line, columns[0], p), b = number_in(line, columns[1], p);
    Membership& set =
        sets[static_cast<std::size_t>(a) * static_cast<std::size_t>(p) + static_cast<std::size_t>(b)];
    if (set != Membership::none) line.refuse(fmt::format("the pair ({}, {}) stands twice", a, b));
    set = is_test ? Membership::test : Membership::train;
}

} // namespace

Split nanda_split(int p, double train_fraction, std::uint64_t seed) {
    std::vector<Pair> pairs = all_pairs(p);
    PythonRandom(seed).shuffle(pairs);
    const auto n_train = static_cast<std::ptrdiff_t>(train_fraction * (p * p));
    if (n_train == 0)
        throw Error(fmt::format("a share of {} of {} pairs is no pair to train on", train_fraction, p * p),
                    "give a larger --train-fraction");
    return split_after(pairs, n_train);
}

Split split_from_file(const std::filesystem::path& file, int p) {
    const std::string text = read_file(file);
    std::vector<Membership> sets(static_cast<std::size_t>(p) * static_cast<std::size_t>(p));
    int number = 0;
    for (const std::string_view part : split(text, '\n')) {
        const Line line{part, fmt::format("{}:{}", file.string(), ++number)};
        const bool is_empty = line.text.find_first_not_of(" \t\r") == std::string_view::npos;
        const bool is_heading = number == 1 && !is_empty && (line.text[0] < '0' || line.text[0] > '9');
        if (!is_empty && !is_heading) add_pair(line, p, sets);
    }
    Split split;
    for (int a = 0; a < p; ++a)
        for (int b = 0; b < p; ++b) {
            const auto set = sets[static_cast<std::size_t>(a) * p + b];
            (set == Membership::train ? split.train : split.test).push_back({a, b});
        }
    if (split.train.empty() || split.test.empty())
        throw Error(fmt::format("{} names {} of the {} pairs as training pairs", file.string(),
                                split.train.size(), p * p),
                    "name some and leave some out");
    return split;
}

} // namespace grokreport
