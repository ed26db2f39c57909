// A lock that keeps two processes from writing into the same folder at once.
#pragma once

#include "base/descriptor.h"

#include <filesystem>

namespace grokreport {

// Locks an existing folder (flock(2)) until it is destroyed; the kernel releases the lock of a killed
// process. Leaves no file. On a network file system without such locks it acts only among the processes of
// one machine, or not at all.
class FolderLock {
  public:
    enum class IfHeld { refuse, wait };

    // Where another process holds the lock, throws Error, or waits for its end.
    explicit FolderLock(const std::filesystem::path& folder, IfHeld if_held = IfHeld::refuse);

  private:
    Descriptor descriptor_;
};

} // namespace grokreport
