// Runs independent jobs of unequal length on several threads; a free thread takes the next job. For loops
// whose sums must not depend on the number of threads use thread_pool.h.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace grokreport {

// Calls job(i) once for each i in [0, n_jobs), on at most max(workers, 1) new threads, and returns when all
// are done. The job must not throw.
template <typename Job>
void parallel_for(std::size_t n_jobs, int workers, const Job& job) {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < n_jobs; i = next++)
            job(i);
    };
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < std::min<std::size_t>(static_cast<std::size_t>(std::max(workers, 1)), n_jobs);
         ++i)
        threads.emplace_back(work);
}

} // namespace grokreport
