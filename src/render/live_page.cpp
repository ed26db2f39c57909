#include "render/live_page.h"

#include "base/error.h"
#include "base/files.h"

#include <chrono>
#include <condition_variable>
#include <fmt/format.h>
#include <httplib.h>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

namespace grokreport {

namespace {

constexpr const char* local_address = "127.0.0.1";

} // namespace

class LivePage::Server {
  public:
    Server(int port, const std::filesystem::path& script, std::chrono::seconds longest_wait)
        : port_(port), longest_wait_(longest_wait), script_(read_file(script)) {
        http_.Get(
            "/", [this](const httplib::Request&, httplib::Response& answer) { send(with_script(), answer); });
        http_.Get("/state", [this](const httplib::Request& request, httplib::Response& answer) {
            answer.set_content(state_after(request.get_param_value("seen")), "application/json");
        });
        // The options of the library would let several servers share the port.
        http_.set_socket_options([](socket_t socket) {
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        if (!http_.bind_to_port(local_address, port))
            throw Error(fmt::format("cannot serve on port {}", port), "name a free one with --port");
        thread_ = std::thread([this] { http_.listen_after_bind(); });
    }

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    ~Server() {
        {
            const std::lock_guard lock(mutex_);
            is_ending_ = true;
        }
        changed_.notify_all();
        http_.stop();
        thread_.join();
    }

    void change(const std::function<void()>& apply) {
        {
            const std::lock_guard lock(mutex_);
            apply();
            ++state_;
        }
        changed_.notify_all();
    }

    int port_;
    std::string page_;
    std::string problem_;
    int page_number_ = 0; // increases with every page

  private:
    // A content provider, because the library would compress a string, which takes minutes for a page of
    // megabytes.
    static void send(std::string page, httplib::Response& answer) {
        const std::size_t size = page.size();
        answer.set_content_provider(
            size, "text/html; charset=utf-8",
            [content = std::move(page)](std::size_t from, std::size_t length, httplib::DataSink& sink) {
                return sink.write(content.data() + from, length);
            });
    }

    std::string with_script() {
        const std::lock_guard lock(mutex_);
        const std::size_t end = page_.rfind("</body>");
        const std::string script = fmt::format("<script>{}</script>\n", script_);
        return end == std::string::npos ? page_ + script : page_.substr(0, end) + script + page_.substr(end);
    }

    // Waits until the state differs from `seen`, at most longest_wait_, and returns it as JSON.
    std::string state_after(const std::string& seen) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, longest_wait_, [&] { return is_ending_ || state() != seen; });
        return nlohmann::json{
            {"state", state()}, {"page", fmt::format("{} {}", started_, page_number_)}, {"problem", problem_}}
            .dump();
    }

    // Contains the start time of the server, so that a page of an earlier server reloads.
    std::string state() const { return fmt::format("{} {}", started_, state_); }

    const std::chrono::seconds longest_wait_; // before a browser has to ask again
    std::string script_;
    const std::int64_t started_ = std::chrono::steady_clock::now().time_since_epoch().count();
    httplib::Server http_;
    std::thread thread_;
    std::mutex mutex_;
    std::condition_variable changed_;
    int state_ = 0;
    bool is_ending_ = false;
};

LivePage::LivePage(int port, const std::filesystem::path& script, std::chrono::seconds longest_wait)
    : server_(std::make_unique<Server>(port, script, longest_wait)) {}

LivePage::~LivePage() = default;

void LivePage::show(std::string page) {
    server_->change([&] {
        server_->page_ = std::move(page);
        server_->problem_.clear();
        ++server_->page_number_;
    });
}

void LivePage::show_problem(const std::string& problem) {
    server_->change([&] { server_->problem_ = problem; });
}

std::string LivePage::address() const {
    return fmt::format("http://{}:{}/", local_address, server_->port_);
}

} // namespace grokreport
