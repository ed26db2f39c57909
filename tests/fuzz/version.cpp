// The build writes this file for the program (cmake/version.cmake); a fuzzer is of no commit.
#include "base/version.h"

namespace grokreport {

const char* version() {
    return "fuzz";
}
const char* commit() {
    return "unknown";
}
const char* compiler_flags() {
    return "";
}

} // namespace grokreport
