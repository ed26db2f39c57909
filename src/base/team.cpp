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

Team::Team(int threads, int places)
    : shares_(static_cast<std::size_t>(std::max({threads, places, 1}))), members_(std::max(threads, 1)) {
    for (int thread = 1; thread < threads; ++thread)
        workers_.emplace_back([this, thread] { work(thread); });
}

Team::~Team() {
    loops_.store(closed, std::memory_order_release);
    loops_.notify_all();
    std::unique_lock lock(mutex_);
    guest_left_.wait(lock, [&] { return guests_ == 0; });
}

int Team::enter() {
    const std::lock_guard lock(mutex_);
    if (members_ == places()) return -1;
    ++guests_;
    return members_++;
}

void Team::serve(int place) {
    work(place);
    const std::lock_guard lock(mutex_);
    --guests_;
    guest_left_.notify_all(); // under the lock: the team may be gone as soon as it is free
}

void Team::run(int n_blocks, const std::function<void(int, int)>& body) {
    if (n_blocks < 1) return;
    body_ = &body;
    failure_ = nullptr;
    unfinished_.store(n_blocks, std::memory_order_relaxed);
    const int members = members_;
    for (int member = 0; member < members; ++member) {
        Share& share = shares_[member];
        const int first = n_blocks * member / members;
        share.end = n_blocks * (member + 1) / members;
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
    for (int i = 0; i < places(); ++i)
        while (do_block_of(shares_[(thread + i) % places()], thread)) {
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
        const std::lock_guard lock(mutex_);
        if (!failure_) failure_ = std::current_exception();
    }
    if (unfinished_.fetch_sub(1, std::memory_order_acq_rel) == 1) unfinished_.notify_one();
    return true;
}

} // namespace grokreport
