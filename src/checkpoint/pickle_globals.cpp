#include "checkpoint/pickle_globals.h"

#include "checkpoint/checkpoint.h"

#include <array>
#include <fmt/format.h>

namespace grokreport::pickle {

namespace {

constexpr std::array<std::pair<std::string_view, Global>, 6> functions{{
    {"collections.OrderedDict", Global::ordered_dict},
    {"torch._utils._rebuild_tensor_v2", Global::rebuild_tensor},
    {"torch._utils._rebuild_tensor", Global::rebuild_tensor},
    {"torch._utils._rebuild_parameter", Global::rebuild_parameter},
    {"torch.Size", Global::size},
    {"torch.device", Global::device},
}};

// The names of an element type in torch: the class of its storages, and its dtype.
struct NamedType {
    std::string_view storage, dtype;
    ElementType type;
};
constexpr std::array<NamedType, 10> element_types{{
    {"HalfStorage", "float16", ElementType::float16},
    {"BFloat16Storage", "bfloat16", ElementType::bfloat16},
    {"FloatStorage", "float32", ElementType::float32},
    {"DoubleStorage", "float64", ElementType::float64},
    {"BoolStorage", "bool", ElementType::boolean},
    {"ByteStorage", "uint8", ElementType::uint8},
    {"CharStorage", "int8", ElementType::int8},
    {"ShortStorage", "int16", ElementType::int16},
    {"IntStorage", "int32", ElementType::int32},
    {"LongStorage", "int64", ElementType::int64},
}};

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
    if (items.size() != 4 && items.size() != 6 && items.size() != 7)
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

Value find_global(std::string_view module, std::string_view name) {
    const std::string wanted = fmt::format("{}.{}", module, name);
    for (const auto& [known, global] : functions)
        if (known == wanted) return global;
    for (const NamedType& known : element_types) {
        const bool is_storage = known.storage == name && (module == "torch" || module == "torch.cuda");
        if (is_storage || (known.dtype == name && module == "torch")) return known.type;
    }
    throw Malformed(
        fmt::format("it asks for {}: it holds code or objects, not only numbers", wanted.substr(0, 100)),
        "no code of a file is run: save the numbers alone, torch.save(model.state_dict(), file)");
}

Storage storage_of(const Tuple& id) {
    if (id.items.size() < 5 || id.items.size() > 6 ||
        expect<std::string_view>(id.items[0], "the word storage") != "storage")
        throw Malformed("a persistent id is not that of a storage");
    if (id.items.size() == 6) expect<std::monostate>(id.items[5], "a storage that is no part of another");
    const Storage storage{expect<ElementType>(id.items[1], "a storage class"),
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
    if (called == Global::size && arguments.items.size() == 1)
        return expect<const Tuple*>(arguments.items[0], "a shape");
    if (called == Global::device) return std::monostate{};
    throw Malformed("it calls something that may not be called so");
}

} // namespace grokreport::pickle
