// The model explorer of the page: the weights of the run in a form that a script can read, what its switches
// may change, and what the report says of some of their settings. The script is templates/explorer-model.js.
#pragma once

#include "model/weights.h"
#include "sections/readout/analysis.h"

#include <Eigen/Core>
#include <nlohmann/json.hpp>
#include <string>

namespace grokreport {

// A matrix in 16 bits a number: the largest modulus of each row is 32,767 steps, so that a number is off by
// at most half a step, 1.6e-5 of that largest one. (float16 has an error of up to 4.9e-4 of the number
// itself, in the same space; on a trained model its logits are about four times as far off.) {rows, columns,
// steps, values}: base64 of float32 and of int16, little-endian, row after row.
nlohmann::ordered_json quantised(const Eigen::MatrixXd& matrix);

// Sizes above which the page has no explorer: its page and its computing time would be too large.
inline constexpr int explorer_largest_p = 200;
inline constexpr std::int64_t explorer_most_numbers = 600'000;

// {left_out, a, b, settings, model}. left_out: why there is no explorer, with `model` null; else "". a, b:
// the pair that it begins with. settings: {name, words, setting, accuracy}, those that the text refers to;
// setting is what stands behind "#try?", and accuracy what the report says of it, over all pairs, or "".
// model: sizes, key frequencies, and one object of quantised() a tensor, or a list of them with one a head.
nlohmann::ordered_json explorer_data(const Weights& weights, const ReadoutResults& results);

} // namespace grokreport
