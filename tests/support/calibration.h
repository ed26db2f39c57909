// How often a claim is judged rightly on planted models, in which its statement is true or false by
// construction. docs/calibration.md and docs/reference/calibration.csv are made of these counts by
// `make calibration`.
#pragma once

#include "claims/measured_claim.h"

#include <Eigen/Core>
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace grokreport::testing {

// The random numbers of one planted model.
class Draw {
  public:
    explicit Draw(unsigned number) : random_(number) {}

    double uniform(double low, double high);
    int whole(int low, int high); // both included
    template <typename Value>
    Value one_of(const std::vector<Value>& values) {
        return values[static_cast<std::size_t>(whole(0, static_cast<int>(values.size()) - 1))];
    }
    // n different frequencies of 1 .. (p - 1) / 2, none of them in `without`, in random order.
    std::vector<int> frequencies(int n, int p, const std::vector<int>& without = {});
    Eigen::MatrixXd normal(Eigen::Index rows, Eigen::Index columns, double deviation);
    // d x n, orthonormal columns in random directions.
    Eigen::MatrixXd axes(Eigen::Index d, Eigen::Index n);
    std::mt19937_64& numbers() { return random_; }

  private:
    std::mt19937_64 random_;
};

// How much a draw costs decides how many there are: an ordinary run makes one or two, `make calibration`
// one or two hundred.
enum class Cost { cheap, dear };
int draws_for(Cost cost);

// Counts a verdict on one model. In an ordinary run, which makes few, each must be right.
void count_verdict(const Claim& claim, bool is_true, const std::string& model);

// Judges claims of a section on draws of a model. plant: the results of the section for one draw. model: what
// is planted, in words.
template <typename Results>
void calibrate(const ClaimList<Results>& claims, const std::vector<std::string>& ids, bool is_true,
               const std::string& model, Cost cost, const std::function<Results(Draw&)>& plant) {
    for (const std::string& id : ids)
        REQUIRE(std::ranges::count(claims, id, [](const auto& claim) { return claim.definition.id; }) == 1);
    for (int draw = 0; draw < draws_for(cost); ++draw) {
        Draw random(static_cast<unsigned>(draw));
        const Results results = plant(random);
        for (const std::string& id : ids)
            for (const MeasuredClaim<Results>& claim : claims)
                if (claim.definition.id == id) {
                    Measurement measured = claim.measure(results);
                    measured.id = id;
                    count_verdict(judge(claim.definition, std::move(measured)), is_true, model);
                }
    }
}

} // namespace grokreport::testing
