// Judged claims as tidy data: one row for each check of each claim of each seed, in a CSV that pandas and R
// read in one line. docs/reference/claims.csv has the rows of the reference, report/claims.csv those of one
// seed, and report/claims-by-seed.csv those of a sweep.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

struct CheckRow {
    std::uint64_t seed = 0;
    std::string claim{}; // its id
    int check = 1;       // its number within the claim, from 1
    double value = 0;    // NaN where there is none: an empty cell
    double bound = 0;
    std::string relation{};   // of value to bound: ">=", ">", "<=", "<", "="
    double control = 0;       // the same measure of the negative control; NaN where there is none
    std::string verdict{};    // of the whole claim: "pass", "fail", "inconclusive", "not-run"
    std::string commit{};     // of the program that judged
    std::string engine{};     // base/version.h of the program that trained; empty where it is not known
    std::string definition{}; // definition_hash() in claim.h: equal where the claim was defined equally
};

// The rows of one document claims.json, in its order. Throws Error where the document has no seed.
std::vector<CheckRow> check_rows(const nlohmann::ordered_json& document, const std::string& engine);

// A header line, then a line a row. Reading a number back gives the same double.
std::string to_csv(const std::vector<CheckRow>& rows);

// The same with a last column, the metric of each check in words. rows: those of check_rows(document).
std::string to_csv_with_metrics(const std::vector<CheckRow>& rows, const nlohmann::ordered_json& document);

// Reads what to_csv wrote. Several such files one after the other are one table: repeated header lines are
// left out. Throws Error with `name:line` where a line is no row.
std::vector<CheckRow> check_rows_from_csv(const std::string& text, const std::string& name);

} // namespace grokreport
