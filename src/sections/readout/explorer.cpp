#include "sections/readout/explorer.h"

#include "base/base64.h"
#include "base/json.h"
#include "base/numbers.h"
#include "base/words.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace grokreport {

namespace {

static_assert(std::endian::native == std::endian::little, "the page reads little-endian numbers");

template <typename Value>
std::string base64_of(std::span<const Value> values) {
    std::string bytes(values.size_bytes(), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return to_base64(bytes);
}

Json quantised_heads(const std::vector<Eigen::MatrixXd>& heads) {
    Json list = Json::array();
    for (const Eigen::MatrixXd& head : heads)
        list.push_back(quantised(head));
    return list;
}

std::int64_t count_of_numbers(const Weights& weights) {
    const std::int64_t heads = weights.n_heads(), d_model = weights.d_model();
    return 2 * d_model * weights.d_vocab() + 4 * heads * d_model * weights.d_head() +
           2 * d_model * weights.d_mlp();
}

std::string why_left_out(const Weights& weights) {
    if (weights.p() > explorer_largest_p)
        return fmt::format("it has p = {}, and the page computes with p up to {}", weights.p(),
                           explorer_largest_p);
    if (const std::int64_t count = count_of_numbers(weights); count > explorer_most_numbers)
        return fmt::format("it has {} numbers, and the page holds up to {}", format_count(count),
                           format_count(explorer_most_numbers));
    return "";
}

// The biases of TransformerLens that our own models lack, where they are not zero.
void add_further_biases(const Weights& weights, Json& model) {
    const std::map<std::string, const std::vector<Eigen::RowVectorXd>*> of_heads{
        {"b_Q", &weights.b_Q}, {"b_K", &weights.b_K}, {"b_V", &weights.b_V}};
    for (const std::string& name : weights.further_biases()) {
        if (const auto found = of_heads.find(name); found != of_heads.end())
            model[name] = quantised_heads({found->second->begin(), found->second->end()});
        else
            model[name] = quantised(name == "b_O" ? weights.b_O : weights.b_U.head(weights.p()).eval());
    }
}

Json model_data(const Weights& weights, const ReadoutResults& results) {
    Json model{{"p", weights.p()},
               {"d_model", weights.d_model()},
               {"n_heads", weights.n_heads()},
               {"d_head", weights.d_head()},
               {"d_mlp", weights.d_mlp()},
               {"frequencies", results.frequencies},
               {"doubles", doubles_outside(results.frequencies, weights.p())},
               {"W_E", quantised(weights.W_E)}};
    if (weights.has_positions()) model["W_pos"] = quantised(weights.W_pos);
    model["W_Q"] = quantised_heads(weights.W_Q);
    model["W_K"] = quantised_heads(weights.W_K);
    model["W_V"] = quantised_heads(weights.W_V);
    model["W_O"] = quantised_heads(weights.W_O);
    model["W_in"] = quantised(weights.W_in);
    model["b_in"] = quantised(weights.b_in);
    model["W_out"] = quantised(weights.W_out);
    model["b_out"] = quantised(weights.b_out);
    model["W_U"] = quantised(weights.W_U.leftCols(weights.p()));
    add_further_biases(weights, model);
    return model;
}

Json setting(const char* name, const char* words, const char* switches, double accuracy) {
    return {{"name", name},
            {"words", words},
            {"setting", switches},
            {"accuracy", std::isfinite(accuracy) ? percent(accuracy) : ""}};
}

Json settings_of(const ReadoutResults& results) {
    const Replacements& replaced = results.replaced;
    const double not_stated = std::nan("");
    return Json::array(
        {setting("trained", "as trained", "", replaced.trained.accuracy),
         setting("even", "|x|/2 in place of the ReLU", "activation=even", replaced.even_half.accuracy),
         setting("half", "x/2 in place of the ReLU", "activation=half", replaced.affine_half.accuracy),
         setting("identity", "x in place of the ReLU", "activation=identity", replaced.identity.accuracy),
         setting("square", "a square in place of the ReLU", "activation=square", replaced.squared.accuracy),
         setting("held", "attention held at its mean", "held=all", replaced.mean_attention.accuracy),
         setting("bare", "attention held at its mean, doubles removed", "held=all&removed=doubles",
                 not_stated),
         setting("no_doubles", "doubles removed", "removed=doubles", not_stated),
         setting("written", "the decoder written down, without the direct path", "decoder=written&path=mlp",
                 replaced.written.accuracy),
         setting("mlp", "without the direct path", "path=mlp", replaced.mlp_alone.accuracy),
         setting("direct", "the direct path alone", "path=direct", replaced.direct_alone.accuracy)});
}

} // namespace

Json quantised(const Eigen::MatrixXd& matrix) {
    constexpr double most_steps = 32767;
    std::vector<float> steps;
    std::vector<std::int16_t> values;
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        // A row of zeros has any step
        const double largest = matrix.row(row).cwiseAbs().maxCoeff();
        steps.push_back(largest > 0 ? static_cast<float>(largest / most_steps) : 1.0F);
        for (Eigen::Index column = 0; column < matrix.cols(); ++column) {
            const double in_steps = std::round(matrix(row, column) / static_cast<double>(steps.back()));
            values.push_back(static_cast<std::int16_t>(std::clamp(in_steps, -most_steps, most_steps)));
        }
    }
    return {{"rows", matrix.rows()},
            {"columns", matrix.cols()},
            {"steps", base64_of<float>(steps)},
            {"values", base64_of<std::int16_t>(values)}};
}

Json explorer_data(const Weights& weights, const ReadoutResults& results) {
    const std::string left_out = why_left_out(weights);
    return {{"left_out", left_out},
            {"a", results.contrast.a},
            {"b", results.contrast.b},
            {"settings", settings_of(results)},
            {"model", left_out.empty() ? model_data(weights, results) : Json(nullptr)}};
}

} // namespace grokreport
