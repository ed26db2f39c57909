// Waits for changes of files, through Linux's inotify.
#pragma once

#include <chrono>
#include <filesystem>
#include <vector>

namespace grokreport {

class FolderWatch {
  public:
    // Throws Error where a folder is missing.
    explicit FolderWatch(const std::vector<std::filesystem::path>& folders);
    FolderWatch(const FolderWatch&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    ~FolderWatch();

    // Returns once a file in one of the folders was written, moved or removed and none was for `quiet`:
    // editors write in several steps. False where nothing happened within `limit`.
    bool wait(std::chrono::milliseconds limit, std::chrono::milliseconds quiet) const;

  private:
    int descriptor_;
};

} // namespace grokreport
