// The thread pool: each block is done once, and each loop sees all writes of the loop before it.
#include "base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <vector>

using namespace grokreport;

TEST_CASE("every block is done once, by a thread of the pool", "[pool]") {
    for (const int threads : {0, 1, 2, 3, 8}) {
        ThreadPool pool(threads);
        CHECK(pool.capacity() == std::max(threads, 1));
        for (const int n_blocks : {0, 1, 2, 5, 64}) {
            std::vector<int> times(static_cast<std::size_t>(n_blocks), 0);
            std::atomic<bool> is_ours = true;
            pool.for_each_block(n_blocks, [&](int block, int thread) {
                ++times[static_cast<std::size_t>(block)];
                if (thread < 0 || thread >= pool.capacity()) is_ours = false;
            });
            CHECK(times == std::vector<int>(static_cast<std::size_t>(n_blocks), 1));
            CHECK(is_ours);
        }
    }
}

// A loop writes without a lock and the next one reads: the end of a loop synchronises all threads. The thread
// sanitizer checks it (make threads).
TEST_CASE("a loop sees what the loop before it wrote", "[pool]") {
    ThreadPool pool(4);
    constexpr int n = 37, loops = 3000;
    std::vector<int> from(n), to(n);
    std::iota(from.begin(), from.end(), 0);
    for (int loop = 0; loop < loops; ++loop) {
        pool.for_each_block(n, [&](int block) { to[block] = from[(block + 1) % n]; });
        std::swap(from, to);
    }
    std::vector<int> expected(n);
    for (int i = 0; i < n; ++i)
        expected[i] = (i + loops) % n;
    CHECK(from == expected);
}

TEST_CASE("threads that fell asleep between two loops take part in the next", "[pool]") {
    ThreadPool pool(2);
    for (int turn = 0; turn < 3; ++turn) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // far longer than a thread spins
        std::atomic<int> present = 0;
        // Each block waits for the other, so the loop ends only where two threads work.
        pool.for_each_block(2, [&](int) {
            ++present;
            while (present < 2)
                std::this_thread::yield();
        });
        CHECK(present == 2);
    }
}

TEST_CASE("a failure in a block is told when all blocks are done, and the pool goes on", "[pool]") {
    ThreadPool pool(3);
    std::atomic<int> done = 0;
    CHECK_THROWS_WITH(pool.for_each_block(10,
                                          [&](int block) {
                                              ++done;
                                              if (block == 4) throw std::runtime_error("block 4");
                                          }),
                      "block 4");
    CHECK(done == 10);
    pool.for_each_block(10, [&](int) { ++done; });
    CHECK(done == 20);
}

TEST_CASE("a thread that joins takes part until the pool is destroyed, and the capacity is fixed", "[pool]") {
    std::jthread joining;
    {
        ThreadPool pool(1, 2);
        CHECK(pool.active() == 1);
        const int place = pool.reserve_place();
        CHECK(place == 1);
        CHECK(pool.reserve_place() == -1);
        joining = std::jthread([&pool, place] { pool.join(place); });
        std::atomic<int> present = 0;
        pool.for_each_block(2, [&](int) { // each block waits for the other
            ++present;
            while (present < 2)
                std::this_thread::yield();
        });
        CHECK(present == 2);
        int sum = 0;
        std::vector<int> parts(100);
        for (int loop = 0; loop < 500; ++loop)
            pool.for_each_block(100, [&](int block) { ++parts[block]; });
        for (const int part : parts)
            sum += part;
        CHECK(sum == 500 * 100);
    }
    joining.join(); // returns, because the pool waits for the thread
}
