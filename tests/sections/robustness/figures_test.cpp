#include "base/files.h"
#include "drawing/draw.h"
#include "sections/robustness/figures.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace grokreport;
using grokreport::testing::TemporaryFolder;

namespace {

// Claims whose values are drawn from bells further and further from the bound.
Robustness many_seeds(std::size_t n_seeds, std::size_t n_claims) {
    Robustness robustness;
    std::mt19937_64 random(1);
    for (std::size_t s = 0; s < n_seeds; ++s)
        robustness.seeds.push_back(s);
    for (std::size_t i = 0; i < n_claims; ++i) {
        ClaimAcrossSeeds claim;
        claim.id = "claim." + std::to_string(i);
        claim.expected = "pass";
        claim.checks = {{"purity", ">=", "", 0.9, {}}};
        std::normal_distribution<double> bell(
            0.8 + 0.2 * static_cast<double>(i) / static_cast<double>(n_claims), 0.03);
        for (std::size_t s = 0; s < n_seeds; ++s) {
            const double value = bell(random);
            claim.checks[0].values.push_back(value);
            claim.verdicts.emplace_back(value >= 0.9 ? "pass" : s % 17 == 0 ? "inconclusive" : "fail");
            claim.passed += value >= 0.9 ? 1 : 0;
            ++claim.judged;
        }
        claim.interval = wilson_interval(claim.passed, claim.judged);
        robustness.claims.push_back(std::move(claim));
    }
    return robustness;
}

} // namespace

TEST_CASE("figures of many seeds say all in their data and stay small", "[figures]") {
    const TemporaryFolder folder;
    constexpr std::size_t n_claims = 6;
    for (const std::size_t n_seeds : {std::size_t{30}, most_seeds_apart + 800}) {
        const Robustness robustness = many_seeds(n_seeds, n_claims);
        const std::vector drawings{figures::robustness_matrix("matrix", robustness),
                                   figures::robustness_values("values", robustness)};
        draw_all(drawings, {}, folder.path(), 2);
        for (const char* id : {"matrix", "values"}) {
            CAPTURE(n_seeds, id);
            CHECK(std::filesystem::file_size(folder / (std::string(id) + ".svg")) < 150'000);
            const std::string csv = read_file(folder / (std::string(id) + ".csv"));
            CHECK(std::ranges::count(csv, '\n') == static_cast<std::ptrdiff_t>(n_seeds * n_claims) + 1);
        }
    }
}
