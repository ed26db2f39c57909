#include "base/files.h"

#include "base/descriptor.h"
#include "base/error.h"
#include "base/parse_number.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <unistd.h>
#include <utility>
#include <vector>

namespace grokreport {

namespace fs = std::filesystem;

namespace {

const std::string temporary_suffix = ".tmp-"; // followed by machine-process

std::string this_machine() {
    std::array<char, 65> host{}; // HOST_NAME_MAX of Linux and a zero
    ::gethostname(host.data(), host.size() - 1);
    return host.data();
}

// A zombie does not run, but kill(2) finds it: /proc tells its state.
bool is_running(pid_t process) {
    if (::kill(process, 0) != 0 && errno == ESRCH) return false;
    std::ifstream stream(fmt::format("/proc/{}/stat", process));
    std::string status; // "PID (program) S ...": Z for a zombie, X for a dead one
    std::getline(stream, status);
    const std::size_t end_of_name = status.rfind(") ");
    return end_of_name == std::string::npos ||
           std::string_view("ZX").find(status[end_of_name + 2]) == std::string_view::npos;
}

// Whether `name` is the temporary file of a dead process of this machine. Files of other machines that share
// the folder stay, because nothing is known of their processes.
bool is_abandoned(const std::string& name) {
    const std::size_t suffix = name.find(temporary_suffix), dash = name.rfind('-');
    if (suffix == std::string::npos || dash < suffix + temporary_suffix.size()) return false;
    const std::string writer = name.substr(suffix + temporary_suffix.size());
    const auto process = parse_number<pid_t>(std::string_view(name).substr(dash + 1));
    if (!process || *process <= 0) return false;
    const bool is_of_this_machine = writer == fmt::format("{}-{}", this_machine(), *process);
    return is_of_this_machine && !is_running(*process);
}

// An open temporary file beside `target`. The destructor removes it unless rename_to() has succeeded.
class TemporaryFile {
  public:
    explicit TemporaryFile(const fs::path& target)
        : path_(temporary_name(target).string()),
          descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
        if (!descriptor_.is_open()) fail();
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }

    void write(std::string_view bytes) const {
        if (!descriptor_.write(bytes)) fail();
    }

    void rename_to(const fs::path& target) {
        if (::fsync(descriptor_.get()) != 0) fail();
        if (!descriptor_.close()) fail();
        if (::rename(path_.c_str(), target.c_str()) != 0) fail();
        path_.clear();
    }

  private:
    [[noreturn]] void fail() const {
        throw Error(fmt::format("cannot write {}: {}", path_, std::strerror(errno)),
                    "free some space or choose another output folder with --output");
    }

    std::string path_;
    Descriptor descriptor_;
};

} // namespace

std::string read_file(const fs::path& file) {
    std::error_code unknown;
    if (fs::is_directory(file, unknown))
        throw Error(fmt::format("cannot read {}: it is a folder", file.string()), "name a file");
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream bytes;
    if (stream.peek() != std::ifstream::traits_type::eof()) bytes << stream.rdbuf();
    if (!stream.is_open() || stream.bad() || bytes.fail())
        throw Error(fmt::format("cannot read {}", file.string()), "check that it exists and is readable");
    return std::move(bytes).str();
}

void make_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        throw Error(fmt::format("cannot make folder {}: {}", folder.string(), failed.message()),
                    "choose another output folder with --output");
}

void write_file(const fs::path& file, std::string_view bytes) {
    if (file.has_parent_path()) make_folder(file.parent_path());
    TemporaryFile temporary(file);
    temporary.write(bytes);
    temporary.rename_to(file);
}

fs::path temporary_name(const fs::path& target) {
    return fmt::format("{}{}{}-{}", target.string(), temporary_suffix, this_machine(), ::getpid());
}

void remove_temporary_files(const fs::path& folder) {
    std::error_code missing;
    std::vector<fs::path> abandoned;
    for (const auto& entry : fs::directory_iterator(folder, missing))
        if (is_abandoned(entry.path().filename().string())) abandoned.push_back(entry.path());
    for (const fs::path& path : abandoned) {
        std::error_code gone; // another process may remove it first
        fs::remove_all(path, gone);
    }
}

void require_writable_folder(const fs::path& folder) {
    remove_temporary_files(folder);
    const fs::path probe = folder / ".writable";
    write_file(probe, "");
    std::error_code ignored;
    fs::remove(probe, ignored);
}

} // namespace grokreport
