// Runs independent jobs of unequal length on several threads; a free thread takes the next job. For loops
// whose sums must not depend on the number of threads use thread_pool.h.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
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

// Calls job(item) once for each item of a random-access range, as parallel_for() does, but the job may throw:
// when all are done, the failure of the first item that has one is thrown.
template <typename Items, typename Job>
void parallel_for_each(const Items& items, int workers, const Job& job) {
    std::vector<std::exception_ptr> failures(items.size());
    parallel_for(items.size(), workers, [&](std::size_t i) {
        try {
            job(items[i]);
        } catch (...) {
            failures[i] = std::current_exception();
        }
    });
    for (const std::exception_ptr& failure : failures)
        if (failure) std::rethrow_exception(failure);
}

} // namespace grokreport
