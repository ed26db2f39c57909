#include "base/folder_watch.h"

#include "base/error.h"

#include <array>
#include <cstring>
#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace grokreport {

namespace {

// Takes all that is reported within `limit`; whether anything was.
bool take_reports(int descriptor, std::chrono::milliseconds limit) {
    pollfd waiting{descriptor, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(limit.count())) <= 0) return false;
    std::array<char, 4096> reports{};
    return read(descriptor, reports.data(), reports.size()) > 0;
}

} // namespace

FolderWatch::FolderWatch(const std::vector<std::filesystem::path>& folders)
    : descriptor_(inotify_init1(IN_CLOEXEC)) {
    constexpr unsigned changes = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE;
    for (const auto& folder : folders)
        if (inotify_add_watch(descriptor_, folder.c_str(), changes) < 0) {
            const std::string why = std::strerror(errno);
            close(descriptor_);
            throw Error(fmt::format("cannot watch {}: {}", folder.string(), why),
                        "run `grokreport report` first, which makes it");
        }
}

FolderWatch::~FolderWatch() {
    close(descriptor_);
}

bool FolderWatch::wait(std::chrono::milliseconds limit, std::chrono::milliseconds quiet) const {
    if (!take_reports(descriptor_, limit)) return false;
    while (take_reports(descriptor_, quiet)) {
    }
    return true;
}

} // namespace grokreport
