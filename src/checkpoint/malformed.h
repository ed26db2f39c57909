// The exception of the readers of parts of a file (a zip archive, a pickle), which do not know the name of
// the file. The reader of the whole file catches it and throws an Error that names the file and the mend.
#pragma once

#include "base/error.h"

#include <stdexcept>
#include <string>

namespace grokreport {

class Malformed : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The Error about the checkpoint `name`. A problem may quote the file: control characters become '?', and
// after 300 bytes it is cut.
Error refusal(const std::string& name, const Malformed& problem);

} // namespace grokreport
