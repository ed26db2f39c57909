// A server for `grokreport watch`: it serves the page on this machine only, and the browser reloads when the
// page changes. Only live_page.cpp includes the HTTP library.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace grokreport {

class LivePage {
  public:
    // Serves on 127.0.0.1 in a thread of its own. The page contains `script` (templates/watch.js). Throws
    // Error where the port is taken or `script` is missing.
    // A browser that waits for a change gets an answer after `longest_wait` and asks again.
    LivePage(int port, const std::filesystem::path& script,
             std::chrono::seconds longest_wait = std::chrono::seconds(20));
    LivePage(const LivePage&) = delete;
    LivePage& operator=(const LivePage&) = delete;
    ~LivePage();

    // Replaces the page. Browsers that show it reload.
    void show(std::string page);
    // Keeps the page and shows a message on it.
    void show_problem(const std::string& problem);

    std::string address() const;

  private:
    class Server;
    std::unique_ptr<Server> server_;
};

} // namespace grokreport
