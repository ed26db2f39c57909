// The door between the program and the module that holds the textbook model. Debian's LibTorch brings 250
// libraries with it, whose loading takes longer than rendering the page: only who measures the textbook loads
// it.
#pragma once

#include "bench/epochs.h"

namespace grokreport::bench {

inline constexpr const char* textbook_module = "grokreport_textbook.so"; // beside the program
inline constexpr const char* textbook_entry = "grokreport_textbook_epochs";

// What the module exports under that name. The caller owns what it returns.
using TextbookEntry = EpochRunner*(const Config& config, int threads);

} // namespace grokreport::bench
