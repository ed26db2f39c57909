# Writes version.cpp with the commit of the source tree, touching it only when the commit has changed.
execute_process(COMMAND git -C ${SOURCE} rev-parse HEAD OUTPUT_VARIABLE COMMIT
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE FAILED)
if(FAILED)
    set(COMMIT "unknown")
endif()
execute_process(COMMAND git -C ${SOURCE} status --porcelain --untracked-files=no OUTPUT_VARIABLE CHANGES
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(CHANGES)
    string(APPEND COMMIT "-modified")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "base/version.h"

namespace grokreport {

const char* version() { return "@VERSION@"; }
const char* commit() { return "@COMMIT@"; }
const char* compiler_flags() { return "@FLAGS@"; }

} // namespace grokreport
]])
