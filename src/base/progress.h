// How long work goes on: a bar with rate and time left on a terminal, a plain line now and then elsewhere.
#pragma once

#include <chrono>
#include <string>

namespace grokreport {

class Progress {
  public:
    // Steps that mean something are counted; parts of unequal work are shown as a share.
    enum class Shows { steps, share };

    // `first` of `total` steps are done already. Writes to stderr.
    Progress(std::string label, int first, int total, Shows shows = Shows::steps);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // `note` is shown behind the time left: "loss 0.0012".
    void update(int done, const std::string& note);

  private:
    using Clock = std::chrono::steady_clock;
    void show(int done, const std::string& note, Clock::time_point now);
    std::string position(int done, double rate) const;

    std::string label_;
    int first_, total_;
    Shows shows_;
    bool is_terminal_;
    Clock::time_point start_, last_shown_;
};

} // namespace grokreport
