// The error type of the program: what is wrong, where, and what the user can do about it. main() catches it
// and prints one line.
#pragma once

#include <stdexcept>
#include <string>

namespace grokreport {

class Error : public std::runtime_error {
  public:
    // what: the thing, its place and the problem ("checkpoint X: ..."). mend: how the user can correct it;
    // may be empty.
    Error(const std::string& what, const std::string& mend)
        : std::runtime_error(mend.empty() ? what : what + "; " + mend), problem_(what) {}

    // The text without the mend, for a caller that gives another one.
    const std::string& problem() const { return problem_; }

  private:
    std::string problem_;
};

// An error in the command line. main() returns exit status 2 for it and 1 for any other Error.
class UsageError : public Error {
  public:
    using Error::Error;
};

} // namespace grokreport
