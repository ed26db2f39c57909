// What is said of a model of the paper's kind.
#include "base/numbers.h"
#include "sections/paper/facts.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace grokreport;
using Catch::Matchers::WithinRel;

namespace {

Spectrum spectrum_with(const Eigen::VectorXd& cos_norms, const Eigen::VectorXd& sin_norms,
                       std::vector<int> active) {
    Spectrum spectrum;
    spectrum.cos_norms = cos_norms;
    spectrum.sin_norms = sin_norms;
    spectrum.active = std::move(active);
    return spectrum;
}

std::vector<std::string> names_of(const nlohmann::ordered_json& facts) {
    std::vector<std::string> names;
    for (const auto& [name, value] : facts.items())
        names.push_back(name);
    return names;
}

PaperResults some_results() {
    PaperResults results;
    results.epoch = 40;
    results.test_accuracy = 0.5;
    results.key = {2};
    results.spectrum = spectrum_with(Eigen::Vector3d(0.1, 4, 0), Eigen::Vector3d(0, 3, 0.1), {2});
    results.ours = spectrum_with(Eigen::Vector3d(1, 4, 0), Eigen::Vector3d(0, 3, 1), {2});
    HeadAttention& head = results.attention.heads.emplace_back();
    head.to_a = Eigen::MatrixXd::Constant(7, 7, 0.75);
    head.mean_to_equals = 0.05;
    head.top = 2;
    head.top_share = 0.9;
    results.periodic.measurement.values = {0.97};
    results.periodic.verdict = Verdict::pass;
    return results;
}

} // namespace

TEST_CASE("the floor of a spectrum is the mean norm beside that of active frequencies", "[paper]") {
    const Spectrum spectrum =
        spectrum_with(Eigen::Vector4d(3, 0.3, 0, 6), Eigen::Vector4d(4, 0.4, 1.5, 8), {1, 4});
    CHECK_THAT(noise_floor(spectrum), WithinRel(((0.5 + 1.5) / 2) / ((5 + 10) / 2.0), 1e-12));
    CHECK(std::isnan(noise_floor(spectrum_with(Eigen::Vector2d(1, 1), Eigen::Vector2d(1, 1), {}))));
    CHECK(std::isnan(noise_floor(spectrum_with(Eigen::Vector2d(1, 1), Eigen::Vector2d(1, 1), {1, 2}))));
}

TEST_CASE("a model that is there and one that is not have the same names for the text", "[paper]") {
    const auto there = paper_facts(PaperState::available, some_results());
    CHECK(there["there"] == true);
    CHECK(there["quieter"] == true);
    CHECK(there["any_tuned"] == true);
    CHECK(there["most_to_a"] == format_percent(0.75));
    CHECK(there["most_to_b"] == format_percent(1 - 0.05 - 0.75));
    for (const PaperState state : {PaperState::absent, PaperState::unfinished, PaperState::damaged}) {
        const auto missing = paper_facts(state, {});
        CHECK(names_of(missing) == names_of(there));
        CHECK(missing["there"] == false);
        CHECK(missing["unfinished"] == (state == PaperState::unfinished));
        CHECK(missing["damaged"] == (state == PaperState::damaged));
    }
}
