// Threads that stand ready, and fixed blocks of work shared out among them. The blocks, not the threads,
// decide how sums are grouped, so a result does not depend on the number of threads.
//
// An epoch of training is some fifteen parallel loops of 20 us to 5 ms. Between two of them a thread watches
// for the next for a moment, then sleeps: so loops that follow each other start at once, and a thread that
// has nothing to do leaves its core to other programs.
#pragma once

#include <atomic>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace grokreport {

class Team {
  public:
    // The calling thread is one of `threads`, so threads - 1 are started; at least one is meant.
    explicit Team(int threads);
    ~Team();
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    int threads() const { return static_cast<int>(workers_.size()) + 1; }

    // Calls body(block), or body(block, thread) with thread in [0, threads()), once for each block in [0,
    // n_blocks), in any order. The first exception is thrown again when all blocks are done. One call at a
    // time, and none from a body.
    template <typename Body>
    void for_each_block(int n_blocks, const Body& body) {
        if constexpr (std::is_invocable_v<const Body&, int, int>)
            run(n_blocks, std::cref(body));
        else
            run(n_blocks, [&body](int block, int) { body(block); });
    }

  private:
    // The blocks of a loop that a thread is to do, and others where they are done first: each thread comes
    // back to the data that it had in its cache in the loop before, as long as all are equally fast.
    struct alignas(64) Share {
        std::atomic<int> unclaimed = 0;
        int end = 0; // one past its last block: they are begun in order
    };

    void run(int n_blocks, const std::function<void(int block, int thread)>& body);
    void work(int thread);
    void do_blocks(int thread);
    bool do_block_of(Share& share, int thread);

    // The loop under way. Written before its blocks are offered in a share; read only with a claim to a
    // block, and no new loop begins before every claimed block is done.
    const std::function<void(int, int)>* body_ = nullptr;
    std::exception_ptr failure_;
    std::mutex failing_;
    std::vector<Share> shares_; // one a thread

    // Each on a cache line of its own
    alignas(64) std::atomic<int> loops_ = 0;      // begun so far; closed: the team dissolves
    alignas(64) std::atomic<int> unfinished_ = 0; // blocks
    std::vector<std::jthread> workers_;
};

inline int blocks_of(int size, int block_size) {
    return (size + block_size - 1) / block_size;
}

} // namespace grokreport
