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
    // Throws Error where another process holds the lock.
    explicit FolderLock(const std::filesystem::path& folder);

  private:
    Descriptor descriptor_;
};

} // namespace grokreport
