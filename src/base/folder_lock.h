// Keeps two programs from writing into the same folder at once.
#pragma once

#include <filesystem>

namespace grokreport {

// Holds a folder, which must be there, until it goes; the system lets it go too where the process is killed.
// Leaves no file behind. On a network file system without locks of folders it holds among the processes of
// one machine, or not at all.
class FolderLock {
  public:
    // Throws Error where another process holds the folder.
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

  private:
    int descriptor_;
};

} // namespace grokreport
