// Float buffers whose rows start on cache lines.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace grokreport {

inline constexpr std::size_t cache_line = 64; // bytes
inline constexpr int floats_a_line = cache_line / sizeof(float);

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

// `size` rounded up to whole cache lines, in floats.
constexpr int padded(int size) {
    return (size + floats_a_line - 1) / floats_a_line * floats_a_line;
}

// The stride of rows of `size` floats: an odd number of cache lines, in floats. With a power of two, the
// values of a column would map to the same few sets of the cache and evict each other.
constexpr int row_stride(int size) {
    const int whole = padded(size);
    return whole / floats_a_line % 2 == 1 ? whole : whole + floats_a_line;
}

} // namespace grokreport
