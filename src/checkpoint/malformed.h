// What the readers of parts of a file (a zip archive, a pickle) throw: they know what is wrong, not which
// file they read. The reader of the whole file catches it and throws an Error that names the file and the
// mend.
#pragma once

#include "base/error.h"

#include <stdexcept>
#include <string>

namespace grokreport {

class Malformed : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The Error about the checkpoint called `name`. What is wrong may quote the file, which may hold anything: it
// stays one readable line.
Error refusal(const std::string& name, const Malformed& problem);

} // namespace grokreport
