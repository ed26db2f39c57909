#include "claims/check_rows.h"

#include "base/error.h"
#include "base/json.h"
#include "base/json_numbers.h"
#include "base/parse_number.h"
#include "base/text.h"
#include "base/undefined.h"
#include "claims/claim.h"

#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace grokreport {

namespace {

constexpr std::string_view row_header =
    "seed,claim,check,value,bound,relation,control,verdict,commit,engine,definition";
constexpr std::size_t n_columns = 11;

// The shortest text that reads back as the same number; empty for NaN.
std::string number_cell(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string row_text(const CheckRow& row) {
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{}", row.seed, row.claim, row.check,
                       number_cell(row.value), number_cell(row.bound), row.relation, number_cell(row.control),
                       row.verdict, row.commit, row.engine, row.definition);
}

[[noreturn]] void refuse(const std::string& where, const std::string& problem) {
    throw Error(fmt::format("{}: {}", where, problem), "restore the file, or `make reference` makes it anew");
}

template <typename Number>
Number parse(std::string_view cell, const std::string& where) {
    if (const auto value = parse_number<Number>(cell)) return *value;
    refuse(where, fmt::format("'{}' is no number", one_line(cell)));
}

double parse_value(std::string_view cell, const std::string& where) {
    if (cell.empty()) return undefined;
    const double value = parse<double>(cell, where);
    if (!std::isfinite(value)) refuse(where, fmt::format("'{}' is no number", one_line(cell)));
    return value;
}

std::string parse_verdict(std::string_view cell, const std::string& where) {
    for (const Verdict verdict : {Verdict::pass, Verdict::fail, Verdict::inconclusive, Verdict::not_run})
        if (to_string(verdict) == cell) return std::string(cell);
    refuse(where, fmt::format("'{}' is no verdict", one_line(cell)));
}

std::string parse_relation(std::string_view cell, const std::string& where) {
    try {
        return to_string(relation_named(std::string(cell)));
    } catch (const Error&) {
        refuse(where, fmt::format("'{}' is no relation", one_line(cell)));
    }
}

CheckRow parse_row(std::string_view line, const std::string& where) {
    const std::vector<std::string_view> cells = split(line, ',');
    if (cells.size() != n_columns)
        refuse(where, fmt::format("{} cells instead of {}", cells.size(), n_columns));
    CheckRow row{.seed = parse<std::uint64_t>(cells[0], where),
                 .claim = std::string(cells[1]),
                 .check = parse<int>(cells[2], where),
                 .value = parse_value(cells[3], where),
                 .bound = parse_value(cells[4], where),
                 .relation = parse_relation(cells[5], where),
                 .control = parse_value(cells[6], where),
                 .verdict = parse_verdict(cells[7], where),
                 .commit = std::string(cells[8]),
                 .engine = std::string(cells[9]),
                 .definition = std::string(cells[10])};
    if (row.claim.empty() || row.check < 1 || std::isnan(row.bound))
        refuse(where, "a claim, a check or a bound is missing");
    return row;
}

} // namespace

std::vector<CheckRow> check_rows(const Json& document, const std::string& engine) {
    if (document.at("seed").is_null()) throw Error("claims.json has no seed", "give that of a trained run");
    std::vector<CheckRow> rows;
    for (const Json& claim : document.at("claims")) {
        const Json& control = claim.at("control");
        const Json controls = control.is_null() ? Json::array() : control.at("values");
        for (std::size_t i = 0; i < claim.at("checks").size(); ++i) {
            const Json& check = claim.at("checks").at(i);
            rows.push_back({.seed = document.at("seed").get<std::uint64_t>(),
                            .claim = claim.at("id"),
                            .check = static_cast<int>(i) + 1,
                            .value = number_or_nan(check.at("value")),
                            .bound = check.at("bound"),
                            .relation = check.at("relation"),
                            .control = i < controls.size() ? number_or_nan(controls.at(i)) : undefined,
                            .verdict = claim.at("verdict"),
                            .commit = document.at("provenance").at("commit"),
                            .engine = engine,
                            .definition = claim.at("definition")});
        }
    }
    return rows;
}

std::string to_csv(const std::vector<CheckRow>& rows) {
    std::string text = fmt::format("{}\n", row_header);
    for (const CheckRow& row : rows)
        text += row_text(row) + "\n";
    return text;
}

std::string to_csv_with_metrics(const std::vector<CheckRow>& rows, const Json& document) {
    std::string text = fmt::format("{},metric\n", row_header);
    std::size_t i = 0;
    for (const Json& claim : document.at("claims"))
        for (const Json& check : claim.at("checks"))
            text += row_text(rows.at(i++)) + "," + quoted_cell(check.at("metric").get<std::string>()) + "\n";
    return text;
}

std::vector<CheckRow> check_rows_from_csv(const std::string& text, const std::string& name) {
    std::vector<CheckRow> rows;
    int number = 0;
    for (std::string_view line : split(text, '\n')) {
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (number == 1 && line != row_header) refuse(name + ":1", "not the columns of a table of claims");
        if (line.empty() || line == row_header) continue;
        rows.push_back(parse_row(line, fmt::format("{}:{}", name, number)));
    }
    return rows;
}

} // namespace grokreport
