// Float buffers that start on a cache line, with rows of whole cache lines.
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

} // namespace grokreport
