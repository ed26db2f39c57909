// The door between the program and the module that holds the textbook model (transformer.h). Debian's
// LibTorch brings 250 libraries with it, whose loading takes about a second: only code that compares with the
// textbook loads it.
#pragma once

#include <string>

namespace grokreport {

inline constexpr const char* textbook_module = "grokreport_textbook.so"; // beside the program

// The function that the module exports under `name`, extern "C". Loads the module at the first call. Throws
// Error where the module or the function is missing.
void* textbook_function(const std::string& name);

} // namespace grokreport
