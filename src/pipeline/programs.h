// The programs that figures and pages need.
#pragma once

namespace grokreport {

// Throws Error with the Debian package of the first program that is missing.
void require_programs();

} // namespace grokreport
