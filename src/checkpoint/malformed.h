// What the readers of parts of a file (a zip archive, a pickle) throw: they know what is wrong, not which
// file they read. The reader of the whole file catches it and throws an Error that names the file and the
// mend.
#pragma once

#include <stdexcept>

namespace grokreport {

class Malformed : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

} // namespace grokreport
