// A thread pool that divides loops into fixed blocks. The blocks, not the threads, decide how sums are
// grouped, so a result does not depend on the number of threads.
//
// An epoch of training has about fifteen parallel loops of 20 us to 5 ms. Between two loops a thread spins
// for a short time and then sleeps: loops that follow each other start at once, and an idle thread leaves its
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
    // Starts threads - 1 threads: the calling thread is the first. max(threads, capacity, 1) threads can take
    // part, with those that join later.
    explicit ThreadPool(int threads, int capacity = 0);
    ~ThreadPool(); // returns when every joined thread has left
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int capacity() const { return static_cast<int>(shares_.size()); }
    int active() const { return active_; } // threads that take part now

    // A thread without other work joins in two steps. reserve_place() returns a place, or -1 where none is
    // free; from the next loop on the place has a share of the blocks. join(place) must follow and returns
    // when the pool is destroyed.
    int reserve_place();
    void join(int place);

    // Calls body(block), or body(block, thread) with thread in [0, capacity()), once for each block in [0,
    // n_blocks), in any order. The first exception is thrown again when all blocks are done. Only one thread
    // may call it at a time, and a body must not call it.
    template <typename Body>
    void for_each_block(int n_blocks, const Body& body) {
        if constexpr (std::is_invocable_v<const Body&, int, int>)
            run(n_blocks, std::cref(body));
        else
            run(n_blocks, [&body](int block, int) { body(block); });
    }

  private:
    // The blocks of a loop that belong to one thread. Another thread takes them when its own are done. While
    // all threads are equally fast, each meets in every loop the data that its cache holds.
    struct alignas(64) Share {
        std::atomic<int> unclaimed = 0;
        int end = 0; // one past its last block; blocks begin in ascending order
    };

    void run(int n_blocks, const std::function<void(int block, int thread)>& body);
    void work(int thread);
    void do_blocks(int thread);
    bool do_block_of(Share& share, int thread);

    // The body of the current loop. It is written before the shares offer blocks and read only by a thread
    // that has claimed a block; the next loop begins when every block is done.
    const std::function<void(int, int)>* body_ = nullptr;
    std::exception_ptr failure_;
    std::vector<Share> shares_; // one a place
    std::atomic<int> active_;
    int joined_ = 0;
    std::mutex mutex_; // guards failure_ and joined_
    std::condition_variable thread_left_;

    // On separate cache lines
    alignas(64) std::atomic<int> loops_ = 0; // number of loops begun, or `closed` when the pool is destroyed
    alignas(64) std::atomic<int> unfinished_ = 0; // blocks of the current loop
    std::vector<std::jthread> workers_;
};

// The number of blocks that cover `size` items.
inline int blocks_of(int size, int block_size) {
    return (size + block_size - 1) / block_size;
}

} // namespace grokreport
