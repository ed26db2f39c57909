#include "sections/readout/explorer.h"

#include "base/base64.h"
#include "base/json.h"
#include "base/words.h"
#include "support/planted.h"
#include "support/planted_readout.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <set>

using namespace grokreport;

namespace {

template <typename Value>
std::vector<Value> values_in(const Json& base64) {
    const std::string bytes = from_base64(base64.get<std::string>());
    std::vector<Value> values(bytes.size() / sizeof(Value));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(Value));
    return values;
}

Eigen::MatrixXd read_back(const Json& tensor) {
    const auto steps = values_in<float>(tensor.at("steps"));
    const auto values = values_in<std::int16_t>(tensor.at("values"));
    Eigen::MatrixXd matrix(tensor.at("rows").get<int>(), tensor.at("columns").get<int>());
    REQUIRE(static_cast<Eigen::Index>(steps.size()) == matrix.rows());
    REQUIRE(static_cast<Eigen::Index>(values.size()) == matrix.size());
    for (Eigen::Index row = 0, i = 0; row < matrix.rows(); ++row)
        for (Eigen::Index column = 0; column < matrix.cols(); ++column, ++i)
            matrix(row, column) = values[static_cast<std::size_t>(i)] *
                                  static_cast<double>(steps[static_cast<std::size_t>(row)]);
    return matrix;
}

Json planted_explorer(const testing::PlantedReadout& planted) {
    const Weights weights = planted.weights();
    return explorer_data(weights, analyse_readout(weights, planted.key, weights, 0));
}

} // namespace

TEST_CASE("a matrix in 16 bits a number is off by half a step of its row at most", "[readout][explorer]") {
    Eigen::MatrixXd matrix = testing::noise(7, 11, 3);
    matrix.row(2) *= 1e-6;
    matrix.row(3).setZero();
    matrix(4, 5) = -40;
    const Eigen::MatrixXd found = read_back(quantised(matrix));
    REQUIRE(found.rows() == matrix.rows());
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        const double half_a_step = matrix.row(row).cwiseAbs().maxCoeff() / 32767 / 2;
        CHECK((found.row(row) - matrix.row(row)).cwiseAbs().maxCoeff() <= half_a_step * 1.01);
    }
    CHECK(found.row(3).isZero(0));
    CHECK(std::abs(found(4, 5) + 40) < 40 * 1e-6); // the largest is the end of the scale
}

TEST_CASE("the explorer has the weights, what may be switched, and what the report says",
          "[readout][explorer]") {
    const testing::PlantedReadout planted;
    const Weights weights = planted.weights();
    const ReadoutResults results = analyse_readout(weights, planted.key, weights, 0);
    const Json data = explorer_data(weights, results);
    CHECK(data.at("left_out") == "");
    const Json& model = data.at("model");
    CHECK(model.at("p") == planted.p);
    CHECK(model.at("frequencies") == planted.key);
    CHECK(model.at("doubles") == doubles_outside(planted.key, planted.p));
    CHECK_FALSE(model.contains("W_pos"));
    CHECK(model.at("W_Q").size() == weights.W_Q.size());
    CHECK((read_back(model.at("W_in")) - weights.W_in).norm() < 1e-4 * weights.W_in.norm());
    CHECK((read_back(model.at("W_O")[1]) - weights.W_O[1]).norm() <= 1e-4 * weights.W_O[1].norm());
    CHECK(read_back(model.at("W_U")).cols() == planted.p); // answers alone

    std::set<std::string> names;
    for (const Json& setting : data.at("settings"))
        CHECK(names.insert(setting.at("name")).second);
    const auto stated = [&](const std::string& name) {
        for (const Json& setting : data.at("settings"))
            if (setting.at("name") == name) return setting.at("accuracy").get<std::string>();
        return std::string("missing");
    };
    CHECK(stated("half") == percent(results.replaced.affine_half.accuracy));
    CHECK(stated("held") == percent(results.replaced.mean_attention.accuracy));
    CHECK(stated("written") == percent(results.replaced.written.accuracy));
    CHECK(stated("bare").empty());
}

TEST_CASE("the explorer of a model with positions has them", "[readout][explorer]") {
    testing::PlantedReadout planted;
    planted.place = 0.5;
    const Json model = planted_explorer(planted).at("model");
    CHECK((read_back(model.at("W_pos")) - planted.weights().W_pos).norm() < 1e-4);
}

TEST_CASE("a model that is too large for the page has no explorer, and the page says why",
          "[readout][explorer]") {
    const testing::PlantedReadout planted;
    const Weights weights = planted.weights();
    const ReadoutResults results = analyse_readout(weights, planted.key, weights, 0);
    Weights wide = weights;
    wide.W_in = Eigen::MatrixXd::Zero(weights.d_model(), explorer_most_numbers / weights.d_model());
    const Json left_out = explorer_data(wide, results);
    CHECK(left_out.at("model").is_null());
    CHECK_THAT(left_out.at("left_out").get<std::string>(),
               Catch::Contains("numbers, and the page holds up to 600,000"));
    CHECK(left_out.at("settings").size() == explorer_data(weights, results).at("settings").size());

    Weights many = weights;
    many.W_E = Eigen::MatrixXd::Zero(explorer_largest_p + 2, weights.d_model());
    CHECK_THAT(explorer_data(many, results).at("left_out").get<std::string>(),
               Catch::StartsWith("it has p = 201"));
}
