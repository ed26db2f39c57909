// The source of this binary. cmake/version.cmake generates the definitions.
#pragma once

namespace grokreport {

const char* version();        // of the project: "0.4.0"
const char* commit();         // of the source tree; ends in "-modified" where it has uncommitted changes
const char* compiler_flags(); // of the build
// 12 hex digits of a SHA-256 over the code that trains, without its comments and blanks. Equal engines on
// equal machines train the same bits.
const char* engine();

} // namespace grokreport
