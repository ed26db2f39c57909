// Fixed blocks of work shared out among threads. The blocks, not the threads, decide how sums are grouped, so
// a result does not depend on the number of threads.
#pragma once

#include <exception>
#include <omp.h>
#include <type_traits>
#ifdef __SANITIZE_THREAD__
#include "base/workers.h"

#include <atomic>
#include <mutex>
#endif

namespace grokreport {

// Calls body(block), or body(block, thread) with thread in [0, threads), once for each block in [0,
// n_blocks), in any order, on `threads` threads. The first exception is thrown again.
template <typename Body>
void for_each_block(int n_blocks, int threads, const Body& body) {
    std::exception_ptr failure;
#ifdef __SANITIZE_THREAD__
    // The thread sanitizer does not see how the runtime of OpenMP hands out work, and would call every block
    // a race: it is shown the same blocks on threads that it knows.
    std::mutex failing;
    std::atomic<int> next = 0;
    share_out(static_cast<std::size_t>(threads), threads, [&](std::size_t thread) {
        for (int block = next++; block < n_blocks; block = next++)
            try {
                if constexpr (std::is_invocable_v<const Body&, int, int>)
                    body(block, static_cast<int>(thread));
                else
                    body(block);
            } catch (...) {
                const std::lock_guard lock(failing);
                if (!failure) failure = std::current_exception();
            }
    });
#else
#pragma omp parallel for num_threads(threads) schedule(dynamic)
    for (int block = 0; block < n_blocks; ++block) {
        try {
            if constexpr (std::is_invocable_v<const Body&, int, int>)
                body(block, omp_get_thread_num());
            else
                body(block);
        } catch (...) {
#pragma omp critical
            if (!failure) failure = std::current_exception();
        }
    }
#endif
    if (failure) std::rethrow_exception(failure);
}

// While it lives, libraries that use OpenMP themselves run on the calling thread alone.
class SingleThreaded {
  public:
    SingleThreaded() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
    ~SingleThreaded() { omp_set_num_threads(before_); }
    SingleThreaded(const SingleThreaded&) = delete;
    SingleThreaded& operator=(const SingleThreaded&) = delete;

  private:
    int before_;
};

inline int blocks_of(int size, int block_size) {
    return (size + block_size - 1) / block_size;
}

} // namespace grokreport
