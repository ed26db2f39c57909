// Progress of long work on stderr: a bar with rate and time left on a terminal, else a plain line every 15 s.
#pragma once

#include <chrono>
#include <string>

namespace grokreport {

class Progress {
  public:
    // steps: "120 of 20,000, 35/s". share: a percentage, for parts of unequal length.
    enum class Shows { steps, share };

    // `first` of `total` steps are done already.
    Progress(std::string label, int first, int total, Shows shows = Shows::steps);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    // done: steps so far. note: follows the time left, such as "loss 0.0012".
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
