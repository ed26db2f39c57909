// Waits for changes of files with inotify(7).
#pragma once

#include "base/descriptor.h"

#include <chrono>
#include <filesystem>
#include <vector>

namespace grokreport {

class FolderWatch {
  public:
    // Throws Error where a folder cannot be watched.
    explicit FolderWatch(const std::vector<std::filesystem::path>& folders);

    // Waits up to `limit` for a file in one of the folders to be written, moved or removed, then until no
    // change follows for `quiet`, because editors save in several steps. False where nothing changes within
    // `limit`.
    bool wait(std::chrono::milliseconds limit, std::chrono::milliseconds quiet) const;

  private:
    Descriptor descriptor_;
};

} // namespace grokreport
