// What the claims give on many seeds of the default settings (pipeline/reference.h makes the table), so that
// a reader of one red badge knows whether it is this seed or the post.
#pragma once

#include "claims/across_seeds.h"
#include "claims/check_rows.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace grokreport {

struct ReferenceClaim {
    int judged = 0, passed = 0; // seeds
    Interval interval;          // of passed over judged
    // By check: the finite values of all seeds, ascending.
    std::vector<std::vector<double>> values;
};

struct ReferenceTable {
    std::vector<std::uint64_t> seeds{}; // ascending
    std::map<std::string, ReferenceClaim> claims{};

    // Null where too few seeds were judged by the same definition to say anything.
    const ReferenceClaim* find(const std::string& claim) const;
};

// With fewer seeds, that of the run not counted, nothing is said of a claim.
inline constexpr int least_reference_seeds = 10;

// claims: the array of claims.json. Rows count where their claim is defined as it is there. A seed counts for
// a claim where each check has a row.
ReferenceTable reference_of(const std::vector<CheckRow>& rows, const nlohmann::ordered_json& claims);

// The table in `file`, for the claims of the document claims.json, without the seed of the document: a run is
// compared with others. Empty where there is no such file, and where the document is not of a run with the
// default settings. Throws Error where the file is damaged.
ReferenceTable reference_for(const nlohmann::ordered_json& document, const std::filesystem::path& file);

// How a value lies among those of the reference. Values that differ by rounding alone are equal.
struct PlaceAmong {
    int smaller = 0, equal = 0, larger = 0;
    bool is_outside() const { return equal == 0 && (smaller == 0 || larger == 0); }
};
PlaceAmong place_among(const std::vector<double>& ascending, double value);

// How often a claim was judged rightly on planted models: docs/reference/calibration.csv (`make
// calibration`).
struct Calibration {
    int true_draws = 0, passed = 0;      // of models in which it is true
    int false_draws = 0, not_passed = 0; // of models in which it is false

    double sensitivity() const { return static_cast<double>(passed) / true_draws; }
    double specificity() const { return static_cast<double>(not_passed) / false_draws; }
};
// A law is to be judged rightly at least this often; what is less stands at its badge.
inline constexpr double calibrated = 0.99;

// By claim. A header line, then `claim,true_draws,passed,false_draws,not_passed`.
using Calibrations = std::map<std::string, Calibration>;
std::string to_csv(const Calibrations& calibrations);
// Empty where there is no such file. Throws Error with `name:line` where it is damaged.
Calibrations read_calibrations(const std::filesystem::path& file);

} // namespace grokreport
