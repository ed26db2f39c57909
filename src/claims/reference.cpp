#include "claims/reference.h"

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/parse_number.h"
#include "base/text.h"
#include "model/config.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <utility>

namespace grokreport {

namespace {

constexpr std::string_view calibration_header = "claim,true_draws,passed,false_draws,not_passed";

// The rows of one claim in one seed, by number of the check.
using ChecksOfSeed = std::map<int, const CheckRow*>;

void add_seed(const ChecksOfSeed& checks, ReferenceClaim& claim) {
    const std::string& verdict = checks.begin()->second->verdict;
    if (verdict == "not-run") return;
    ++claim.judged;
    claim.passed += verdict == "pass" ? 1 : 0;
    for (const auto& [number, row] : checks)
        if (std::isfinite(row->value))
            claim.values[static_cast<std::size_t>(number) - 1].push_back(row->value);
}

bool has_default_settings(const Json& document) {
    if (document.at("seed").is_null()) return false; // a model that was trained elsewhere
    const auto trained_as = [](Config expected, const Json& config) {
        expected.seed = config.at("seed");
        return Json::parse(to_json(expected).dump()) == config;
    };
    for (const Json& run : document.at("runs")) {
        Config expected;
        if (run.at("variant") == to_string(Variant::paper)) continue;
        expected.variant = run.at("variant") == to_string(Variant::linear)   ? Variant::linear
                           : run.at("variant") == to_string(Variant::frozen) ? Variant::frozen
                                                                             : Variant::relu;
        if (!has_relu(expected.variant)) expected.epochs *= 2;
        if (!trained_as(expected, run.at("config"))) return false;
    }
    return !document.at("runs").empty();
}

int parse_count(std::string_view cell, const std::string& where) {
    const auto count = parse_number<int>(cell);
    if (!count || *count < 0)
        throw Error(fmt::format("{}: '{}' is no count", where, one_line(cell)),
                    "`make calibration` makes it anew");
    return *count;
}

} // namespace

const ReferenceClaim* ReferenceTable::find(const std::string& claim) const {
    const auto found = claims.find(claim);
    return found != claims.end() && found->second.judged >= least_reference_seeds ? &found->second : nullptr;
}

ReferenceTable reference_of(const std::vector<CheckRow>& rows, const Json& claims) {
    std::map<std::string, const Json*> by_id;
    for (const Json& claim : claims)
        by_id.emplace(claim.at("id").get<std::string>(), &claim);

    std::map<std::pair<std::string, std::uint64_t>, ChecksOfSeed> found;
    for (const CheckRow& row : rows) {
        const auto claim = by_id.find(row.claim);
        if (claim != by_id.end() && claim->second->value("definition", "") == row.definition)
            found[{row.claim, row.seed}][row.check] = &row;
    }

    ReferenceTable reference;
    std::set<std::uint64_t> seeds;
    for (const auto& [of, checks] : found) {
        const std::size_t n_checks = by_id.at(of.first)->at("checks").size();
        if (checks.size() != n_checks || checks.rbegin()->first != static_cast<int>(n_checks)) continue;
        ReferenceClaim& claim = reference.claims[of.first];
        claim.values.resize(n_checks);
        add_seed(checks, claim);
        seeds.insert(of.second);
    }
    reference.seeds.assign(seeds.begin(), seeds.end());
    for (auto& [id, claim] : reference.claims) {
        claim.interval = wilson_interval(claim.passed, claim.judged);
        for (std::vector<double>& values : claim.values)
            std::ranges::sort(values);
    }
    return reference;
}

ReferenceTable reference_for(const Json& document, const std::filesystem::path& file) {
    if (!std::filesystem::exists(file) || !has_default_settings(document)) return {};
    std::vector<CheckRow> rows = check_rows_from_csv(read_file(file), file.string());
    const auto seed = document.at("seed").get<std::uint64_t>();
    std::erase_if(rows, [&](const CheckRow& row) { return row.seed == seed; });
    return reference_of(rows, document.at("claims"));
}

PlaceAmong place_among(const std::vector<double>& ascending, double value) {
    constexpr double least_difference = 1e-12; // above the rounding of measures about one
    const auto first = std::ranges::lower_bound(ascending, value - least_difference);
    const auto last = std::ranges::upper_bound(ascending, value + least_difference);
    return {.smaller = static_cast<int>(first - ascending.begin()),
            .equal = static_cast<int>(last - first),
            .larger = static_cast<int>(ascending.end() - last)};
}

std::string to_csv(const Calibrations& calibrations) {
    std::string text = fmt::format("{}\n", calibration_header);
    for (const auto& [claim, counts] : calibrations)
        text += fmt::format("{},{},{},{},{}\n", claim, counts.true_draws, counts.passed, counts.false_draws,
                            counts.not_passed);
    return text;
}

Calibrations read_calibrations(const std::filesystem::path& file) {
    Calibrations calibrations;
    if (!std::filesystem::exists(file)) return calibrations;
    const std::string text = read_file(file);
    int number = 0;
    for (const std::string_view line : split(text, '\n')) {
        const std::string where = fmt::format("{}:{}", file.string(), ++number);
        if (line.empty() || (number == 1 && line == calibration_header)) continue;
        const std::vector<std::string_view> cells = split(line, ',');
        if (number == 1 || cells.size() != 5)
            throw Error(where + ": no row of a calibration", "`make calibration` makes it anew");
        calibrations[std::string(cells[0])] = {parse_count(cells[1], where), parse_count(cells[2], where),
                                               parse_count(cells[3], where), parse_count(cells[4], where)};
    }
    return calibrations;
}

} // namespace grokreport
