// The source of this binary. cmake/version.cmake generates the definitions.
#pragma once

namespace grokreport {

const char* version();        // of the project: "0.4.0"
const char* commit();         // of the source tree; ends in "-modified" where it has uncommitted changes
const char* compiler_flags(); // of the build

} // namespace grokreport
