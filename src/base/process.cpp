#include "base/process.h"

#include "base/descriptor.h"
#include "base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sstream>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace grokreport {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int signal_status = 128; // exit status of a program that signal n ended, less n, as in shells

void require(bool done, const char* action) {
    if (!done)
        throw Error(fmt::format("cannot {}: {}", action, std::strerror(errno)),
                    "close some programs and try again");
}

// A file in memory that holds the input. With a pipe this program would have to write while it reads the
// output, and a program that ends without reading would raise SIGPIPE here.
Descriptor input_file(std::string_view input) {
    Descriptor file(::memfd_create("input", MFD_CLOEXEC));
    require(file.is_open(), "make a file in memory");
    require(file.write(input), "fill a file in memory");
    require(::lseek(file.get(), 0, SEEK_SET) == 0, "rewind a file in memory");
    return file;
}

// One stream that the program writes: both ends of a pipe, and the bytes read so far.
struct Stream {
    Stream() {
        std::array<int, 2> ends{};
        require(::pipe2(ends.data(), O_CLOEXEC) == 0, "make a pipe");
        ours = Descriptor(ends[0]);
        theirs = Descriptor(ends[1]);
        require(::fcntl(ours.get(), F_SETFL, O_NONBLOCK) == 0, "make a pipe non-blocking");
    }

    // Reads what is available. Closes our end at the end of the stream.
    void drain() {
        std::array<char, 65536> chunk{};
        while (ours.is_open()) {
            const ssize_t count = ::read(ours.get(), chunk.data(), chunk.size());
            if (count > 0)
                bytes.append(chunk.data(), static_cast<std::size_t>(count));
            else if (count < 0 && errno == EINTR)
                continue;
            else if (count < 0 && errno == EAGAIN)
                return;
            else
                ours.close();
        }
    }

    Descriptor ours, theirs;
    std::string bytes;
};

// Settings of posix_spawn: the three streams, a new process group (so that the program and all its children
// can be killed together), and default handling of every signal.
class SpawnSettings {
  public:
    SpawnSettings(int input, int output, int errors) {
        ::posix_spawn_file_actions_init(&actions_);
        ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
        sigset_t none, all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setpgroup(&attributes_, 0);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setsigdefault(&attributes_, &all);
        ::posix_spawnattr_setflags(&attributes_,
                                   POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    ~SpawnSettings() {
        ::posix_spawnattr_destroy(&attributes_);
        ::posix_spawn_file_actions_destroy(&actions_);
    }

    const posix_spawn_file_actions_t* actions() const { return &actions_; }
    const posix_spawnattr_t* attributes() const { return &attributes_; }

  private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

Error cannot_start(const std::string& program, std::string_view why) {
    return {fmt::format("cannot start {}: {}", program, why), "check that it is installed and may be run"};
}

// A running program. The destructor kills its process group and waits for it.
class Child {
  public:
    Child(const std::vector<std::string>& argv, const SpawnSettings& settings) {
        std::vector<char*> arguments;
        arguments.reserve(argv.size() + 1);
        for (const std::string& argument : argv)
            arguments.push_back(const_cast<char*>(argument.c_str()));
        arguments.push_back(nullptr);
        errno = ::posix_spawnp(&process_, arguments[0], settings.actions(), settings.attributes(),
                               arguments.data(), environ);
        if (errno != 0) throw cannot_start(argv[0], std::strerror(errno));
        // Called by number: the header of glibc 2.36 declares pidfd_open without C linkage.
        ended_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, process_, 0)));
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (process_ > 0) end();
    }

    // A descriptor that is readable for poll(2) once the program has ended.
    int ended() const { return ended_.get(); }

    // Kills what still runs of the process group. Returns the exit status of the program.
    int end() {
        ::kill(-process_, SIGKILL);
        int status = 0;
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
        }
        process_ = -1;
        return WIFSIGNALED(status) ? signal_status + WTERMSIG(status) : WEXITSTATUS(status);
    }

  private:
    pid_t process_ = -1;
    Descriptor ended_;
};

// Reads both streams until the program has ended. False where it runs past `deadline`.
bool read_until_end(const Child& child, Stream& output, Stream& errors, Clock::time_point deadline) {
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) return false;
        std::array<pollfd, 3> watched{
            {{child.ended(), POLLIN, 0}, {output.ours.get(), POLLIN, 0}, {errors.ours.get(), POLLIN, 0}}};
        const int ready =
            ::poll(watched.data(), watched.size(), static_cast<int>(std::min<long>(left, 60'000)));
        require(ready >= 0 || errno == EINTR, "wait for a program");
        const bool ended = ready > 0 && watched[0].revents != 0; // must precede the last read of both streams
        output.drain();
        errors.drain();
        if (ended) return true;
    }
}

bool is_in_path(const std::string& program) {
    if (program.find('/') != std::string::npos) return ::access(program.c_str(), X_OK) == 0;
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path ? path : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path file = fs::path(folder.empty() ? "." : folder) / program;
        std::error_code unreadable;
        if (fs::is_regular_file(file, unreadable) && ::access(file.c_str(), X_OK) == 0) return true;
    }
    return false;
}

// The command with setpriv before it: the kernel kills the program when this process dies. Else a drawing
// program could go on to write into folders that the next report uses.
std::vector<std::string> with_parent_death_signal(const std::vector<std::string>& argv) {
    if (!is_in_path("setpriv")) return argv; // part of every Debian
    std::vector<std::string> command{"setpriv", "--pdeathsig", "KILL", "--"};
    command.insert(command.end(), argv.begin(), argv.end());
    return command;
}

// Throws Error where setpriv could not start the program: exit status 126 or 127, and a message of setpriv
// itself.
void require_started(const std::string& program, const ProcessResult& result) {
    const std::string message = fmt::format("setpriv: failed to execute {}: ", program);
    if (result.exit_status != 126 && result.exit_status != 127) return;
    if (result.errors.starts_with(message))
        throw cannot_start(program, error_summary(result.errors.substr(message.size())));
}

} // namespace

void require_program(const std::string& program, const std::string& package) {
    if (is_in_path(program)) return;
    throw Error(fmt::format("the program {} is not installed", program),
                package.empty() ? "install it and make sure that it is in PATH"
                                : fmt::format("install it with: apt-get install {}", package));
}

std::string describe_exit(int exit_status) {
    const int signal = exit_status - signal_status;
    if (signal <= 0 || signal >= NSIG) return fmt::format("failed with exit status {}", exit_status);
    return fmt::format("was ended by signal {} ({})", signal, ::strsignal(signal));
}

std::string error_summary(const std::string& errors) {
    constexpr std::size_t most_lines = 4;
    std::vector<std::string> lines;
    std::istringstream stream(errors);
    for (std::string line; std::getline(stream, line);)
        if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(line);
    if (lines.empty()) return "it wrote no message";
    const auto first = lines.end() - static_cast<std::ptrdiff_t>(std::min(lines.size(), most_lines));
    return fmt::format("{}", fmt::join(first, lines.end(), " | "));
}

ProcessResult run_process(const std::vector<std::string>& argv, std::string_view input,
                          std::chrono::seconds limit, const std::string& package) {
    require_program(argv.at(0), package);
    const Clock::time_point deadline = Clock::now() + limit;
    Descriptor stdin_file = input_file(input);
    Stream output, errors;
    Child child(with_parent_death_signal(argv),
                SpawnSettings(stdin_file.get(), output.theirs.get(), errors.theirs.get()));
    output.theirs.close();
    errors.theirs.close();
    require(child.ended() >= 0, "watch a program");

    if (!read_until_end(child, output, errors, deadline))
        throw Error(fmt::format("{} did not finish within {} s and was ended: {}", argv[0], limit.count(),
                                error_summary(errors.bytes)),
                    "try again on a machine that is less busy");
    ProcessResult result{child.end(), std::move(output.bytes), std::move(errors.bytes)};
    require_started(argv[0], result);
    return result;
}

std::string run_checked(const std::vector<std::string>& argv, std::string_view input,
                        std::chrono::seconds limit, const std::string& package) {
    ProcessResult result = run_process(argv, input, limit, package);
    if (result.exit_status != 0)
        throw Error(fmt::format("{} {}: {}", argv[0], describe_exit(result.exit_status),
                                error_summary(result.errors)),
                    "");
    return std::move(result.output);
}

} // namespace grokreport
