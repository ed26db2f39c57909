// The plain values that a pickle of tensors is made of. Strings are views of the bytes read. Lists and dicts
// may contain themselves (Python allows it), so whoever walks through a value must limit the depth.
#pragma once

#include "checkpoint/malformed.h"

#include <cstdint>
#include <deque>
#include <fmt/format.h>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace grokreport::pickle {

// What a pickle may "call". What else it calls is refused.
enum class Global { ordered_dict, rebuild_tensor, rebuild_parameter, size, device };

enum class ElementType {
    float16,
    bfloat16,
    float32,
    float64,
    boolean,
    uint8,
    int8,
    int16,
    int32,
    int64,
};

// One-dimensional memory that tensors are views of; its bytes lie elsewhere in the file, under `key`.
struct Storage {
    ElementType type;
    std::string_view key;
    std::int64_t size; // elements
};

// The element [i0, i1, ...] is element offset + i0 * stride[0] + i1 * stride[1] + ... of the storage. Not
// compared with the storage here: the sizes are as the file says.
struct TensorView {
    Storage storage;
    std::int64_t offset;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> stride; // in elements, one a dimension
};

struct Tuple;
struct List;
struct Dict;
// An ElementType is what the class of a storage comes to, or torch.float32 and its kin in a config. None,
// devices and such that no tensor needs are std::monostate.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, Global, ElementType,
                           const Tuple*, List*, Dict*, const Storage*, const TensorView*>;

struct Tuple {
    std::vector<Value> items;
};
struct List {
    std::vector<Value> items;
};
// A dict or an OrderedDict, in the order in which it was filled; a key that was set twice stands twice.
struct Dict {
    std::vector<std::pair<Value, Value>> entries;
};

// Owner of all that the values point to.
struct Arena {
    std::deque<Tuple> tuples;
    std::deque<List> lists;
    std::deque<Dict> dicts;
    std::deque<Storage> storages;
    std::deque<TensorView> tensors;
};

// The value as a T; throws Malformed, saying what was expected, where it is anything else.
template <class T>
T expect(const Value& value, std::string_view what) {
    if (const T* const found = std::get_if<T>(&value)) return *found;
    throw Malformed(fmt::format("{} was expected and something else is there", what));
}

} // namespace grokreport::pickle
