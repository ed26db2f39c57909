#include "base/progress.h"

#include "base/numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace grokreport {

namespace {

using namespace std::chrono_literals;
constexpr auto terminal_interval = 200ms;
constexpr auto line_interval = 15s;
constexpr int bar_width = 24;

std::string duration(double seconds) {
    const long whole = std::lround(seconds);
    return whole < 60 ? fmt::format("{} s", whole) : fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

} // namespace

Progress::Progress(std::string label, int first, int total, Shows shows)
    : label_(std::move(label)),
      first_(first),
      total_(total),
      shows_(shows),
      is_terminal_(::isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      last_shown_(start_) {}

Progress::~Progress() {
    if (is_terminal_) std::fputs("\r\033[K", stderr);
}

void Progress::update(int done, const std::string& note) {
    const auto now = Clock::now();
    const bool is_due =
        now - last_shown_ >= (is_terminal_ ? Clock::duration(terminal_interval) : line_interval);
    if (!is_due && done != total_) return;
    last_shown_ = now;
    show(done, note, now);
}

std::string Progress::position(int done, double rate) const {
    if (shows_ == Shows::share) return format_percent(total_ > 0 ? static_cast<double>(done) / total_ : 1);
    return fmt::format("{} of {}, {:.0f}/s", format_count(done), format_count(total_), rate);
}

void Progress::show(int done, const std::string& note, Clock::time_point now) {
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double rate = seconds > 0 ? (done - first_) / seconds : 0;
    const std::string left = rate > 0 ? duration((total_ - done) / rate) + " left" : "";
    const std::string state = fmt::format("{} {}, {}, {}", label_, position(done, rate),
                                          done == total_ ? duration(seconds) : left, note);
    if (!is_terminal_) {
        std::fputs((state + "\n").c_str(), stderr); // fmt::print throws where stderr is closed
        return;
    }
    const int filled =
        total_ > 0 ? static_cast<int>(static_cast<double>(done) / total_ * bar_width) : bar_width;
    std::fputs(fmt::format("\r\033[K[{:=<{}}{:<{}}] {}{}", "", filled, "", bar_width - filled, state,
                           done == total_ ? "\n" : "")
                   .c_str(),
               stderr);
}

} // namespace grokreport
