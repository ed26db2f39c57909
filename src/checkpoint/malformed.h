// The exception of the readers of parts of a file (a zip archive, a pickle), which do not know the name of
// the file. The reader of the whole file catches it and throws an Error that names the file and the mend.
#pragma once

#include "base/error.h"

#include <stdexcept>
#include <string>
#include <string_view>

namespace grokreport {

class Malformed : public std::runtime_error {
  public:
    // mend: how the user can correct it; empty where the file is damaged.
    explicit Malformed(const std::string& problem, std::string mend = "")
        : std::runtime_error(problem), mend_(std::move(mend)) {}

    const std::string& mend() const { return mend_; }

  private:
    std::string mend_;
};

// The Error about the checkpoint `name` with these bytes. Where they are a file of another kind
// (foreign_kind.h), it says which. A problem may quote the file: control characters become '?', and after
// 300 bytes it is cut.
Error refusal(const std::string& name, std::string_view bytes, const Malformed& problem);

} // namespace grokreport
