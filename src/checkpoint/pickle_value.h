// The plain values of a pickle of tensors. Strings are views of the bytes. A list or dict may contain itself,
// so code that descends into a value must limit the depth.
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

// The functions that a pickle may call.
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

// One-dimensional memory that tensors are views of. Its bytes stand elsewhere in the file, under `key`.
struct Storage {
    ElementType type;
    std::string_view key;
    std::int64_t size; // elements
};

// Element [i0, i1, ...] of the view is element offset + i0 * stride[0] + i1 * stride[1] + ... of the storage.
// The numbers are those of the file: nothing here compares them with the size of the storage.
struct TensorView {
    Storage storage;
    std::int64_t offset;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> stride; // elements, one for each dimension
};

struct Tuple;
struct List;
struct Dict;
// An ElementType stands for a storage class or a dtype such as torch.float32. std::monostate stands for None
// and for values that no tensor needs, such as a device.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, Global, ElementType,
                           const Tuple*, List*, Dict*, const Storage*, const TensorView*>;

struct Tuple {
    std::vector<Value> items;
};
struct List {
    std::vector<Value> items;
};
// A dict or an OrderedDict in order of insertion. A key that is set twice stands twice.
struct Dict {
    std::vector<std::pair<Value, Value>> entries;
};

// Owns everything that the values point to.
struct Arena {
    std::deque<Tuple> tuples;
    std::deque<List> lists;
    std::deque<Dict> dicts;
    std::deque<Storage> storages;
    std::deque<TensorView> tensors;
};

// The value as a T. Throws Malformed with `what`, the expected thing, where the value has another type.
template <class T>
T expect(const Value& value, std::string_view what) {
    if (const T* const found = std::get_if<T>(&value)) return *found;
    throw Malformed(fmt::format("{} was expected and something else is there", what));
}

} // namespace grokreport::pickle
