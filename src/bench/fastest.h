// The fastest number of threads of each competitor. A library can be slower on two threads than on one, so a
// ratio at the same number of threads may flatter the other side.
#pragma once

#include <limits>
#include <vector>

namespace grokreport::bench {

// 1, 2, 4, ... up to the cores of this machine, and all its cores.
std::vector<int> thread_counts();

class Fastest {
  public:
    void add(int threads, double milliseconds) {
        if (milliseconds < milliseconds_) {
            threads_ = threads;
            milliseconds_ = milliseconds;
        }
    }
    int threads() const { return threads_; } // 0 before the first add()
    double milliseconds() const { return milliseconds_; }

  private:
    int threads_ = 0;
    double milliseconds_ = std::numeric_limits<double>::infinity();
};

} // namespace grokreport::bench
