// The server of `grokreport watch`, with the requests of a browser.
#include "base/files.h"
#include "render/live_page.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <future>
#include <httplib.h>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

using namespace grokreport;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

// A port that no program uses.
int free_port() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

std::string get_body(int port, const std::string& path) {
    const httplib::Result answer = httplib::Client("127.0.0.1", port).Get(path);
    return answer ? answer->body : "no answer";
}

nlohmann::json state_after(int port, const std::string& seen) {
    return nlohmann::json::parse(get_body(port, httplib::append_query_params("/state", {{"seen", seen}})));
}

} // namespace

TEST_CASE("browsers that wait are told of a change, and get the page with the script", "[live]") {
    const testing::TemporaryFolder folder;
    write_file(folder / "watch.js", "watch()");
    const int port = free_port();
    LivePage page(port, folder / "watch.js");
    page.show("<body>one</body>");
    CHECK(get_body(port, "/") == "<body>one<script>watch()</script>\n</body>");
    CHECK(page.address() == "http://127.0.0.1:" + std::to_string(port) + "/");

    const nlohmann::json first = state_after(port, "nothing yet");
    CHECK(first["problem"] == "");
    std::vector<std::future<nlohmann::json>> waiting;
    for (int browser = 0; browser < 3; ++browser)
        waiting.push_back(std::async(std::launch::async, state_after, port, first["state"]));
    page.show_problem("chapter 3, line 1");
    for (std::future<nlohmann::json>& browser : waiting) {
        const nlohmann::json told = browser.get();
        CHECK(told["problem"] == "chapter 3, line 1");
        CHECK(told["page"] == first["page"]); // unchanged
    }
    page.show("two");
    CHECK(get_body(port, "/") == "two<script>watch()</script>\n");
    CHECK(state_after(port, first["state"])["page"] != first["page"]);
}

TEST_CASE("a page ends at once though a browser waits, and a port is not shared", "[live]") {
    const testing::TemporaryFolder folder;
    write_file(folder / "watch.js", "");
    const int port = free_port();
    auto page = std::make_unique<LivePage>(port, folder / "watch.js", 600s);
    CHECK_THROWS_WITH(LivePage(port, folder / "watch.js"), Contains("cannot serve on port"));
    const std::string state = state_after(port, "")["state"];
    auto waiting = std::async(std::launch::async, get_body, port, "/state?seen=" + state);
    const auto begun = std::chrono::steady_clock::now();
    page.reset();
    waiting.wait();
    CHECK(std::chrono::steady_clock::now() - begun < 300s); // far less than the 600 s of the wait
}
