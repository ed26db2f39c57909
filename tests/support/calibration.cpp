#define CATCH_CONFIG_EXTERNAL_INTERFACES // listeners
#include "support/calibration.h"

#include "base/files.h"
#include "base/version.h"
#include "claims/reference.h"
#include "sections/sections.h"
#include "spectral/decompositions.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <numeric>

namespace grokreport::testing {

namespace {

struct Kind {
    std::vector<std::string> models; // in words, each once
    int draws = 0, right = 0;
};
struct Counts {
    Kind of_true, of_false;
};

// One process runs all tests, one after the other.
std::map<std::string, Counts>& counts() {
    static std::map<std::string, Counts> all;
    return all;
}

const char* table_folder() {
    return std::getenv("GROKREPORT_CALIBRATION");
}

std::string models_of(const Kind& kind) {
    return fmt::format("{}", fmt::join(kind.models, "; "));
}

std::string row_of(const ClaimDefinition& claim) {
    const auto found = counts().find(claim.id);
    if (found == counts().end()) return "";
    const auto& [of_true, of_false] = found->second;
    const auto cell = [](const Kind& kind) {
        const double share = kind.draws > 0 ? static_cast<double>(kind.right) / kind.draws : 0;
        return fmt::format("{}{} of {}{}", share < calibrated ? "**" : "", kind.right, kind.draws,
                           share < calibrated ? "**" : "");
    };
    return fmt::format("| `{}` | {} | {} | {} | {} |\n", claim.id, models_of(of_true), cell(of_true),
                       models_of(of_false), cell(of_false));
}

std::string calibration_table() {
    std::string table = fmt::format("\nAt commit {}.\n\n| Claim | True by construction | Passes | False by "
                                    "construction | Does not pass |\n| --- | --- | ---: | --- | ---: |\n",
                                    commit()),
                missing;
    for (const ClaimDefinition& claim : table_of_bounds({})) {
        table += row_of(claim);
        if (!counts().contains(claim.id)) missing += (missing.empty() ? "`" : ", `") + claim.id + "`";
    }
    return table + (missing.empty() ? "" : fmt::format("\nNot calibrated: {}.\n", missing));
}

// GROKREPORT_CALIBRATION names the folder that gets the table, as Markdown and as CSV.
struct CalibrationWriter : Catch::TestEventListenerBase {
    using TestEventListenerBase::TestEventListenerBase;
    void testRunEnded(const Catch::TestRunStats&) override {
        if (table_folder() == nullptr) return;
        Calibrations calibrations;
        for (const auto& [claim, of] : counts())
            calibrations[claim] = {of.of_true.draws, of.of_true.right, of.of_false.draws, of.of_false.right};
        write_file(std::filesystem::path(table_folder()) / "calibration.md", calibration_table());
        write_file(std::filesystem::path(table_folder()) / "calibration.csv", to_csv(calibrations));
    }
};
CATCH_REGISTER_LISTENER(CalibrationWriter)

} // namespace

double Draw::uniform(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
}

int Draw::whole(int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random_);
}

std::vector<int> Draw::frequencies(int n, int p, const std::vector<int>& without) {
    std::vector<int> all;
    for (int k = 1; k <= (p - 1) / 2; ++k)
        if (std::ranges::find(without, k) == without.end()) all.push_back(k);
    std::shuffle(all.begin(), all.end(), random_);
    all.resize(static_cast<std::size_t>(n));
    return all;
}

Eigen::MatrixXd Draw::normal(Eigen::Index rows, Eigen::Index columns, double deviation) {
    std::normal_distribution<double> distribution(0, deviation);
    Eigen::MatrixXd X(rows, columns);
    for (Eigen::Index i = 0; i < X.size(); ++i)
        X.data()[i] = distribution(random_);
    return X;
}

Eigen::MatrixXd Draw::axes(Eigen::Index d, Eigen::Index n) {
    return orthonormalised(normal(d, n, 1));
}

int draws_for(Cost cost) {
    if (table_folder() == nullptr) return cost == Cost::cheap ? 2 : 1;
    if (const char* const asked = std::getenv("GROKREPORT_DRAWS")) return std::max(1, std::atoi(asked));
    return cost == Cost::cheap ? 200 : 100;
}

void count_verdict(const Claim& claim, bool is_true, const std::string& model) {
    const std::string& id = claim.definition.id;
    Kind& kind = is_true ? counts()[id].of_true : counts()[id].of_false;
    if (std::ranges::find(kind.models, model) == kind.models.end()) kind.models.push_back(model);
    const bool is_right = (claim.verdict == Verdict::pass) == is_true && claim.verdict != Verdict::not_run;
    ++kind.draws;
    kind.right += is_right ? 1 : 0;
    const std::string told =
        fmt::format("{} on {}: {} {}", id, model, to_string(claim.verdict), claim.reason);
    if (table_folder() != nullptr) {
        if (!is_right) WARN(told);
        return;
    }
    INFO(told);
    CHECK(is_right);
}

} // namespace grokreport::testing
