#include "checkpoint/pickle_globals.h"

#include <array>
#include <fmt/format.h>

namespace grokreport::pickle {

namespace {

// torch's own limit is 64; no model has more than a handful.
constexpr std::size_t most_dimensions = 16;

constexpr std::array<std::pair<std::string_view, Global>, 5> known_globals{{
    {"collections.OrderedDict", Global::ordered_dict},
    {"torch._utils._rebuild_tensor_v2", Global::rebuild_tensor},
    {"torch._utils._rebuild_parameter", Global::rebuild_parameter},
    {"torch.FloatStorage", Global::float_storage},
    {"torch.DoubleStorage", Global::double_storage},
}};

ElementType element_type(Global storage_class) {
    if (storage_class == Global::float_storage) return ElementType::float32;
    if (storage_class == Global::double_storage) return ElementType::float64;
    throw Malformed("a storage has no element type");
}

std::vector<std::int64_t> sizes(const Value& value, std::string_view what) {
    const auto& items = expect<const Tuple*>(value, what)->items;
    if (items.size() > most_dimensions)
        throw Malformed(fmt::format("{} has {} dimensions", what, items.size()));
    std::vector<std::int64_t> numbers;
    for (const Value& item : items) {
        numbers.push_back(expect<std::int64_t>(item, what));
        if (numbers.back() < 0) throw Malformed(fmt::format("{} is negative", what));
    }
    return numbers;
}

TensorView tensor_of(const Tuple& arguments) {
    const auto& items = arguments.items;
    if (items.size() != 6 && items.size() != 7)
        throw Malformed("a tensor is described by too few or many values");
    TensorView tensor{*expect<const Storage*>(items[0], "a storage"),
                      expect<std::int64_t>(items[1], "an offset"), sizes(items[2], "a shape"),
                      sizes(items[3], "a stride")};
    if (tensor.offset < 0) throw Malformed("an offset is negative");
    if (tensor.shape.size() != tensor.stride.size())
        throw Malformed("a shape and its stride differ in length");
    return tensor;
}

} // namespace

Global find_global(std::string_view module, std::string_view name) {
    const std::string wanted = fmt::format("{}.{}", module, name);
    for (const auto& [known, global] : known_globals)
        if (known == wanted) return global;
    throw Malformed(fmt::format("it asks for {}, which no plain tensor needs", wanted.substr(0, 100)));
}

Storage storage_of(const Tuple& id) {
    if (id.items.size() != 5 || expect<std::string_view>(id.items[0], "the word storage") != "storage")
        throw Malformed("a persistent id is not that of a storage");
    const Storage storage{element_type(expect<Global>(id.items[1], "a storage class")),
                          expect<std::string_view>(id.items[2], "a storage's key"),
                          expect<std::int64_t>(id.items[4], "a storage's size")};
    if (storage.size < 0) throw Malformed("a storage's size is negative");
    return storage;
}

Value call(Global called, const Tuple& arguments, Arena& arena) {
    if (called == Global::ordered_dict && arguments.items.empty()) return &arena.dicts.emplace_back();
    if (called == Global::rebuild_tensor) return &arena.tensors.emplace_back(tensor_of(arguments));
    if (called == Global::rebuild_parameter && arguments.items.size() == 3)
        return expect<const TensorView*>(arguments.items[0], "a tensor");
    throw Malformed("it calls something that may not be called so");
}

} // namespace grokreport::pickle
