#include "base/thread_pool.h"

#include <algorithm>

namespace grokreport {

namespace {

constexpr int closed = -1;
constexpr int most_loops = (1 << 30) - 1; // the count of loops starts again here

// Reads of a value before a thread sleeps until the value changes. Enough for the pauses between the loops of
// an epoch, and not more, because a spinning thread occupies a core.
constexpr int spins = 2000;

void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// Returns when value differs from `old`.
void await_change(const std::atomic<int>& value, int old) {
    for (int spin = 0; spin < spins; ++spin) {
        if (value.load(std::memory_order_acquire) != old) return;
        pause();
    }
    value.wait(old, std::memory_order_acquire);
}

} // namespace

ThreadPool::ThreadPool(int threads, int capacity)
    : shares_(static_cast<std::size_t>(std::max({threads, capacity, 1}))), active_(std::max(threads, 1)) {
    for (int thread = 1; thread < threads; ++thread)
        workers_.emplace_back([this, thread] { work(thread); });
}

ThreadPool::~ThreadPool() {
    loops_.store(closed, std::memory_order_release);
    loops_.notify_all();
    std::unique_lock lock(mutex_);
    thread_left_.wait(lock, [&] { return joined_ == 0; });
}

int ThreadPool::reserve_place() {
    const std::lock_guard lock(mutex_);
    if (active_ == capacity()) return -1;
    ++joined_;
    return active_++;
}

void ThreadPool::join(int place) {
    work(place);
    const std::lock_guard lock(mutex_);
    --joined_;
    thread_left_.notify_all(); // under the lock: the pool may be destroyed when it is free
}

void ThreadPool::run(int n_blocks, const std::function<void(int, int)>& body) {
    if (n_blocks < 1) return;
    body_ = &body;
    failure_ = nullptr;
    unfinished_.store(n_blocks, std::memory_order_relaxed);
    const int active = active_;
    for (int thread = 0; thread < active; ++thread) {
        Share& share = shares_[thread];
        const int first = n_blocks * thread / active;
        share.end = n_blocks * (thread + 1) / active;
        share.unclaimed.store(share.end - first, std::memory_order_release);
    }
    loops_.store((loops_.load(std::memory_order_relaxed) + 1) & most_loops, std::memory_order_release);
    loops_.notify_all();
    do_blocks(0);
    for (int left = unfinished_.load(std::memory_order_acquire); left > 0;
         left = unfinished_.load(std::memory_order_acquire))
        await_change(unfinished_, left);
    if (failure_) std::rethrow_exception(failure_);
}

void ThreadPool::work(int thread) {
    for (int seen = 0; seen != closed;) {
        await_change(loops_, seen);
        seen = loops_.load(std::memory_order_acquire);
        do_blocks(thread);
    }
}

// Does the thread's own blocks, then those that other threads have not begun.
void ThreadPool::do_blocks(int thread) {
    for (int i = 0; i < capacity(); ++i)
        while (do_block_of(shares_[(thread + i) % capacity()], thread)) {
        }
}

bool ThreadPool::do_block_of(Share& share, int thread) {
    int unclaimed = share.unclaimed.load(std::memory_order_acquire);
    do {
        if (unclaimed <= 0) return false;
    } while (!share.unclaimed.compare_exchange_weak(unclaimed, unclaimed - 1, std::memory_order_acq_rel,
                                                    std::memory_order_acquire));
    try {
        (*body_)(share.end - unclaimed, thread);
    } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
    }
    if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) unfinished_.notify_one();
    return true;
}

} // namespace grokreport
