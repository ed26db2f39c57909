// The one error type of the program: what went wrong and where, and what the user can do about it.
// Thrown anywhere below main; caught once there and printed as one line.
#pragma once

#include <stdexcept>
#include <string>

namespace grokreport {

class Error : public std::runtime_error {
  public:
    // `what` names the thing and the place ("checkpoint X: ..."), `mend` says how to put it right.
    Error(const std::string& what, const std::string& mend)
        : std::runtime_error(mend.empty() ? what : what + "; " + mend), problem_(what) {}

    // Without the mend: for a caller that knows a better one.
    const std::string& problem() const { return problem_; }

  private:
    std::string problem_;
};

// A command line that cannot be obeyed: main answers it with exit status 2 instead of 1.
class UsageError : public Error {
  public:
    using Error::Error;
};

} // namespace grokreport
