# Writes version.cpp with the commit of the source tree and the hash of its engine, touching it only when they have changed.
execute_process(COMMAND git -C ${SOURCE} rev-parse HEAD OUTPUT_VARIABLE COMMIT
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE FAILED)
if(FAILED)
    set(COMMIT "unknown")
endif()
# What stands in docs/ and in README.md changes no program: `make reference` writes there
execute_process(COMMAND git -C ${SOURCE} status --porcelain --untracked-files=no -- . ":(exclude)docs" ":(exclude)README.md"
    OUTPUT_VARIABLE CHANGES
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(CHANGES)
    string(APPEND COMMIT "-modified")
endif()
# The code that decides the bits of a training: the engine, and what it takes from lower folders.
file(GLOB ENGINE_FILES ${SOURCE}/src/training/*.cpp ${SOURCE}/src/training/*.h)
foreach(NAME model/config model/dataset model/parameters base/matrix)
    list(APPEND ENGINE_FILES ${SOURCE}/src/${NAME}.h ${SOURCE}/src/${NAME}.cpp)
endforeach()
list(APPEND ENGINE_FILES ${SOURCE}/src/base/seeded_random.h)
set(ENGINE_CODE "")
foreach(ENGINE_FILE ${ENGINE_FILES})
    file(READ ${ENGINE_FILE} CODE)
    string(REGEX REPLACE "//[^\n]*" "" CODE "${CODE}")
    string(REGEX REPLACE "[ \t\r\n]+" "" CODE "${CODE}")
    string(APPEND ENGINE_CODE "${CODE}")
endforeach()
string(SHA256 ENGINE "${ENGINE_CODE}")
string(SUBSTRING ${ENGINE} 0 12 ENGINE)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
#include "base/version.h"

namespace grokreport {

const char* version() { return "@VERSION@"; }
const char* commit() { return "@COMMIT@"; }
const char* compiler_flags() { return "@FLAGS@"; }
const char* engine() { return "@ENGINE@"; }

} // namespace grokreport
]])
