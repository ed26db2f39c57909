// A page on this machine alone that shows itself anew in the open browser, for those who work on its text.
// The only place that knows HTTP.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace grokreport {

class LivePage {
  public:
    // Serves on 127.0.0.1, from a thread of its own: the page with `script` (templates/watch.js) in it.
    // Throws Error where the port is taken.
    LivePage(int port, const std::filesystem::path& script);
    LivePage(const LivePage&) = delete;
    LivePage& operator=(const LivePage&) = delete;
    ~LivePage();

    // Takes the place of the page before; browsers that show it load it anew.
    void show(std::string page);
    // Leaves the page as it is and shows the problem on it.
    void show_problem(const std::string& problem);

    std::string address() const;

  private:
    class Server;
    std::unique_ptr<Server> server_;
};

} // namespace grokreport
