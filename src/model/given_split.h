// The split of a model of another program.
#pragma once

#include "model/dataset.h"

#include <cstdint>
#include <filesystem>

namespace grokreport {

// The rule of Nanda et al. (gen_train_test of their notebook): Python's random.seed(seed) and random.shuffle
// of the p^2 pairs in row-major order; the first int(train_fraction * p^2) are training pairs. Throws Error
// where there are none.
Split nanda_split(int p, double train_fraction, std::uint64_t seed);

// Reads a file with one training pair "a,b" a line; all other pairs are test pairs. A third column "train" or
// "test" is allowed, as in pairs.csv of a run, and so is a first line that does not begin with a digit.
// Throws Error with file:line for any other line, for a pair that is out of range, and for a pair that occurs
// twice; throws Error where there is no training pair or no test pair.
Split split_from_file(const std::filesystem::path& file, int p);

} // namespace grokreport
