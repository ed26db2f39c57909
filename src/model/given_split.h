// The training set of a model that was trained elsewhere.
#pragma once

#include "model/dataset.h"

#include <cstdint>
#include <filesystem>

namespace grokreport {

// Nanda et al.'s rule (gen_train_test of their notebook): Python's random.seed(seed), random.shuffle of the
// p * p pairs in row-major order, and the first int(train_fraction * p * p) are trained on. Throws Error
// where these are none.
Split nanda_split(int p, double train_fraction, std::uint64_t seed);

// A file of pairs, one "a,b" a line: the training pairs; all others are test pairs. Also with a third column,
// "train" or "test", as in our own pairs.csv. A first line that does not begin with a digit is a heading.
// Throws Error with file:line at anything else, at a pair that is out of range or stands twice, and where no
// training or no test pair is left.
Split split_from_file(const std::filesystem::path& file, int p);

} // namespace grokreport
