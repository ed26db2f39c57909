#include "base/team.h"

#include <algorithm>

namespace grokreport {

namespace {

constexpr int closed = -1;
constexpr int most_loops = (1 << 30) - 1; // where their count begins anew

// How often a value is looked at before its change is slept for: longer than the pauses between the loops of
// an epoch, and no longer, since a thread that watches takes a core that others could use.
constexpr int looks = 2000;

void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

// Returns when value no longer is `old`.
void await_change(const std::atomic<int>& value, int old) {
    for (int look = 0; look < looks; ++look) {
        if (value.load(std::memory_order_acquire) != old) return;
        pause();
    }
    value.wait(old, std::memory_order_acquire);
}

} // namespace

Team::Team(int threads) : shares_(static_cast<std::size_t>(std::max(threads, 1))) {
    for (int thread = 1; thread < threads; ++thread)
        workers_.emplace_back([this, thread] { work(thread); });
}

Team::~Team() {
    loops_.store(closed, std::memory_order_release);
    loops_.notify_all();
}

void Team::run(int n_blocks, const std::function<void(int, int)>& body) {
    if (n_blocks < 1) return;
    body_ = &body;
    failure_ = nullptr;
    unfinished_.store(n_blocks, std::memory_order_relaxed);
    for (int thread = 0; thread < threads(); ++thread) {
        Share& share = shares_[thread];
        const int first = n_blocks * thread / threads();
        share.end = n_blocks * (thread + 1) / threads();
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

void Team::work(int thread) {
    for (int seen = 0; seen != closed;) {
        await_change(loops_, seen);
        seen = loops_.load(std::memory_order_acquire);
        do_blocks(thread);
    }
}

// The thread's own blocks, then those that the others have not begun.
void Team::do_blocks(int thread) {
    for (int i = 0; i < threads(); ++i)
        while (do_block_of(shares_[(thread + i) % threads()], thread)) {
        }
}

bool Team::do_block_of(Share& share, int thread) {
    int unclaimed = share.unclaimed.load(std::memory_order_acquire);
    do {
        if (unclaimed <= 0) return false;
    } while (!share.unclaimed.compare_exchange_weak(unclaimed, unclaimed - 1, std::memory_order_acq_rel,
                                                    std::memory_order_acquire));
    try {
        (*body_)(share.end - unclaimed, thread);
    } catch (...) {
        const std::lock_guard lock(failing_);
        if (!failure_) failure_ = std::current_exception();
    }
    if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) unfinished_.notify_one();
    return true;
}

} // namespace grokreport
