#include "base/folder_lock.h"

#include "base/error.h"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

namespace grokreport {

FolderLock::FolderLock(const std::filesystem::path& folder, IfHeld if_held)
    : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (!descriptor_.is_open()) return; // the first write into it reports why
    const int how = LOCK_EX | (if_held == IfHeld::refuse ? LOCK_NB : 0);
    int locked = ::flock(descriptor_.get(), how);
    while (locked != 0 && errno == EINTR)
        locked = ::flock(descriptor_.get(), how);
    if (locked == 0 || errno != EWOULDBLOCK) return;
    throw Error(fmt::format("another grokreport is at work in {}", folder.string()),
                "wait until it has ended, or choose another output folder with --output");
}

} // namespace grokreport
