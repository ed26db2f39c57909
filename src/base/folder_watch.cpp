#include "base/folder_watch.h"

#include "base/error.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace grokreport {

namespace {

// Reads the events of the next `limit` milliseconds. False where there are none.
bool read_events(int descriptor, std::chrono::milliseconds limit) {
    pollfd polled{descriptor, POLLIN, 0};
    if (poll(&polled, 1, static_cast<int>(limit.count())) <= 0) return false;
    std::array<char, 4096> events{};
    return read(descriptor, events.data(), events.size()) > 0;
}

} // namespace

FolderWatch::FolderWatch(const std::vector<std::filesystem::path>& folders)
    : descriptor_(inotify_init1(IN_CLOEXEC)) {
    constexpr unsigned changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
    for (const auto& folder : folders)
        if (inotify_add_watch(descriptor_.get(), folder.c_str(), changes) < 0)
            throw Error(fmt::format("cannot watch {}: {}", folder.string(), std::strerror(errno)),
                        "run `grokreport report` first, which makes it");
}

bool FolderWatch::wait(std::chrono::milliseconds limit, std::chrono::milliseconds quiet) const {
    if (!read_events(descriptor_.get(), limit)) return false;
    while (read_events(descriptor_.get(), quiet)) {
    }
    return true;
}

} // namespace grokreport
