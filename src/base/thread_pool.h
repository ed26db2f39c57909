// A thread pool that divides loops into fixed blocks. The blocks, not the threads,
// decide how sums are grouped, so a result does not depend on the number of threads.
//
// An epoch of training is some fifteen parallel loops of 20 us to 5 ms. Between two loops a thread spins for a
// short time and then sleeps. So loops that follow each other start at once, and an idle thread leaves its
// core to other programs.
#pragma once

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace grokreport {

class ThreadPool {
  public:
    // The calling thread is one of `threads`, so threads - 1 are started; at least one is meant. Up to
    // `capacity` threads can take part in all, with those that join later.
    explicit ThreadPool(int threads, int capacity = 0);
    ~ThreadPool(); // waits for the threads that joined
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int capacity() const { return static_cast<int>(shares_.size()); }
    int active() const { return active_; } // that take part now

    // A thread that has no other work joins in two steps. reserve_place() returns a place, or -1 where none is
    // free; from the next loop on the place has a share of the blocks. join(place) must follow; it returns when
    // the pool is destroyed.
    int reserve_place();
    void join(int place);

    // Calls body(block), or body(block, thread) with thread in [0, capacity()), once for each block in [0,
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
    std::vector<Share> shares_; // one a place
    std::atomic<int> active_;
    int joined_ = 0;
    std::mutex mutex_; // of failure_ and joined_
    std::condition_variable thread_left_;

    // Each on a cache line of its own
    alignas(64) std::atomic<int> loops_ = 0;      // begun so far; closed: the pool is being destroyed
    alignas(64) std::atomic<int> unfinished_ = 0; // blocks
    std::vector<std::jthread> workers_;
};

inline int blocks_of(int size, int block_size) {
    return (size + block_size - 1) / block_size;
}

} // namespace grokreport
