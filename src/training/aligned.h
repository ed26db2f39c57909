// Float buffers that start on a cache line, with rows that do too.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace grokreport {

inline constexpr std::size_t cache_line = 64; // bytes

template <typename Value>
struct CacheLineAllocator {
    using value_type = Value;
    CacheLineAllocator() = default;
    template <typename Other>
    explicit CacheLineAllocator(const CacheLineAllocator<Other>&) {}
    Value* allocate(std::size_t n) {
        return static_cast<Value*>(::operator new (n * sizeof(Value), std::align_val_t{cache_line}));
    }
    void deallocate(Value* values, std::size_t) { ::operator delete (values, std::align_val_t{cache_line}); }
    bool operator==(const CacheLineAllocator&) const = default;
};

using AlignedFloats = std::vector<float, CacheLineAllocator<float>>;

// The smallest multiple of a cache line's floats that is at least `size`.
constexpr int padded(int size) {
    constexpr int floats = cache_line / sizeof(float);
    return (size + floats - 1) / floats * floats;
}

// The stride of rows of `size` floats: an odd number of cache lines. A column of rows that lie a power of two
// apart would have to share the few places of the cache that such addresses are given.
constexpr int row_stride(int size) {
    constexpr int floats = cache_line / sizeof(float);
    return padded(size) / floats % 2 == 1 ? padded(size) : padded(size) + floats;
}

} // namespace grokreport
