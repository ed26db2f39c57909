#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace grokreport;
using grokreport::testing::TemporaryFolder;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr auto ample = 600s;        // no program here takes it, however busy the machine
constexpr auto far_too_long = 200s; // but less than the 300 s that the programs below would sleep

ProcessResult shell(const std::string& script, std::string_view input = "",
                    std::chrono::seconds limit = ample) {
    return run_process({"sh", "-c", script}, input, limit);
}

// Far larger than the buffer of a pipe, with different lines.
std::string large_text() {
    std::string text;
    for (int line = 0; text.size() < 5'000'000; ++line)
        text += std::to_string(line) + '\n';
    return text;
}

} // namespace

TEST_CASE("a program gets its input and gives its output, however large", "[process]") {
    const std::string text = large_text();
    CHECK(run_checked({"cat"}, text, ample) == text);
    CHECK(run_checked({"cat", "/dev/stdin"}, text, ample) == text);
    CHECK(run_checked({"cat"}, "", ample).empty());
}

TEST_CASE("both streams are read at once and kept apart", "[process]") {
    const std::string text = large_text();
    const ProcessResult result = shell("tee /dev/stderr", text);
    CHECK(result.exit_status == 0);
    CHECK(result.output == text);
    CHECK(result.errors == text);
}

TEST_CASE("a program that reads none of its input does no harm", "[process]") {
    CHECK(run_process({"true"}, large_text(), ample).exit_status == 0);
    CHECK(shell("exec 0<&-; exit 5", large_text()).exit_status == 5);
}

TEST_CASE("exit statuses and signals are told", "[process]") {
    CHECK(shell("exit 0").exit_status == 0);
    CHECK(shell("exit 77").exit_status == 77);
    CHECK(shell("kill -TERM $$").exit_status == 128 + 15);
}

TEST_CASE("arguments reach the program as they are: no shell reads them", "[process]") {
    CHECK(run_checked({"printf", "%s", "$(id) `id` ; \"'*"}, "", ample) == "$(id) `id` ; \"'*");
}

TEST_CASE("a program that hangs is ended with all it started", "[process]") {
    const auto start = std::chrono::steady_clock::now();
    CHECK_THROWS_WITH(shell("echo still drawing >&2; sleep 300 & sleep 300", "", 1s),
                      Contains("did not finish within 1 s") && Contains("still drawing"));
    CHECK(std::chrono::steady_clock::now() - start < far_too_long);
}

TEST_CASE("a program that closes its streams is still waited for and limited", "[process]") {
    CHECK(shell("exec 1>&- 2>&-; sleep 0.2; exit 9").exit_status == 9);
    CHECK_THROWS_AS(shell("exec 1>&- 2>&-; sleep 300", "", 1s), Error);
}

TEST_CASE("what a program leaves running neither delays nor outlives the call", "[process]") {
    const auto start = std::chrono::steady_clock::now();
    const ProcessResult result = shell("sleep 300 & echo $!");
    CHECK(std::chrono::steady_clock::now() - start < far_too_long);
    // A killed process is a zombie until its new parent reaps it; its command line is empty then.
    const std::string left = result.output.substr(0, result.output.find('\n'));
    const auto command_line = [&] { return shell("tr -d '\\0' < /proc/" + left + "/cmdline").output; };
    for (int wait = 0; wait < 10'000 && !command_line().empty(); ++wait)
        std::this_thread::sleep_for(10ms);
    CHECK(command_line().empty());
}

TEST_CASE("a program ends with the one that started it", "[process]") {
    const TemporaryFolder folder;
    const std::string file = (folder / "pid").string();
    const pid_t starter = ::fork();
    REQUIRE(starter >= 0);
    if (starter == 0) { // the child is killed while it waits
        try {
            run_process({"sh", "-c", "echo $$ > " + file + "; exec sleep 300"}, "", ample);
        } catch (...) { // the child must not go on with the tests
        }
        std::_Exit(0);
    }
    for (int wait = 0;
         wait < 10'000 && (!std::filesystem::exists(file) || std::filesystem::file_size(file) == 0); ++wait)
        std::this_thread::sleep_for(10ms);
    ::kill(starter, SIGKILL);
    ::waitpid(starter, nullptr, 0);
    const std::string text = std::filesystem::exists(file) ? read_file(file) : "";
    REQUIRE_FALSE(text.empty());
    // The process is dead or a zombie; its command line is empty then.
    const auto command_line = [&] {
        return shell("tr -d '\\0' < /proc/" + text.substr(0, text.find('\n')) + "/cmdline").output;
    };
    for (int wait = 0; wait < 10'000 && !command_line().empty(); ++wait)
        std::this_thread::sleep_for(10ms);
    CHECK(command_line().empty());
}

TEST_CASE("a missing program names the package to install", "[process]") {
    CHECK_THROWS_WITH(run_process({"no-such-program"}, "", ample, "no-such-package"),
                      Contains("no-such-program") && Contains("apt-get install no-such-package"));
    CHECK_THROWS_AS(require_program("no-such-program", ""), Error);
    CHECK_THROWS_AS(require_program("/etc/passwd", ""), Error);
    CHECK_NOTHROW(require_program("sh", ""));
}

TEST_CASE("a program that cannot be started is named, and why", "[process]") {
    const TemporaryFolder folder;
    const std::string program = (folder / "orphan").string();
    write_file(program, "#!/no/such/interpreter\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    CHECK_THROWS_WITH(run_process({program}, "", ample),
                      Contains("cannot start " + program + ": No such file") && Contains("may be run") &&
                          !Contains("setpriv") && !Contains("\n"));
    CHECK(shell("echo setpriv: failed to execute sh: >&2; exit 1").exit_status ==
          1); // the program wrote this text itself
}

TEST_CASE("a failure carries the last lines of the program's own words, on one line", "[process]") {
    const std::vector<std::string> failing = {
        "sh", "-c", "for line in 1 2 3 4 5 6; do echo complaint $line >&2; done; exit 3"};
    CHECK_THROWS_WITH(run_checked(failing, "", ample),
                      Contains("exit status 3") &&
                          Contains("complaint 3 | complaint 4 | complaint 5 | complaint 6") &&
                          !Contains("complaint 2") && !Contains("\n"));
    CHECK_THROWS_WITH(run_checked({"false"}, "", ample), Contains("no message"));
}
