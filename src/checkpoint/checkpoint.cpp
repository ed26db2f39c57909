#include "checkpoint/checkpoint.h"

#include "base/error.h"
#include "base/files.h"
#include "checkpoint/malformed.h"
#include "checkpoint/pickle_writer.h"
#include "checkpoint/tensor_values.h"
#include "checkpoint/torch_file.h"
#include "checkpoint/zip_archive.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <functional>
#include <numeric>
#include <set>

namespace grokreport {

namespace fs = std::filesystem;
using pickle::Dict;
using pickle::TensorView;

std::string describe_shape(const std::vector<std::int64_t>& shape) {
    return shape.empty() ? "a scalar" : fmt::format("{}", fmt::join(shape, " x "));
}

namespace {

std::vector<Tensor> tensors_of(const Dict& dict, const TorchFile& file, std::uint64_t left) {
    std::vector<Tensor> tensors;
    std::set<std::string_view> names;
    for (const auto& [key, value] : dict.entries) {
        const auto* const name = std::get_if<std::string_view>(&key);
        if (!name) throw Malformed("a key of its dict is not a text");
        if (!names.insert(*name).second) throw Malformed(fmt::format("it holds the tensor {} twice", *name));
        const auto* const view = std::get_if<const TensorView*>(&value);
        if (!view) throw Malformed(fmt::format("{} is not a tensor", *name));
        tensors.push_back(read_tensor(file, *name, **view, left));
    }
    return tensors;
}

std::vector<Tensor> read_tensors(std::string_view bytes) {
    const TorchFile file(bytes);
    const auto* const dict = std::get_if<Dict*>(&file.value());
    if (!dict) throw Malformed("it does not hold a dict of tensors");
    return tensors_of(**dict, file, most_values(bytes));
}

// Throws Error where from_checkpoint() would refuse the tensor.
void require_writable(const Tensor& tensor) {
    const auto size =
        std::accumulate(tensor.shape.begin(), tensor.shape.end(), std::int64_t{1}, std::multiplies<>());
    const bool negative = std::any_of(tensor.shape.begin(), tensor.shape.end(), [](auto n) { return n < 0; });
    if (negative || static_cast<std::uint64_t>(size) != tensor.values.size())
        throw Error(fmt::format("tensor {} cannot be stored: its shape does not fit its {} values",
                                tensor.name, tensor.values.size()),
                    "this is a mistake in the program that made it");
    if (!std::all_of(tensor.values.begin(), tensor.values.end(), [](float x) { return std::isfinite(x); }))
        throw Error(
            fmt::format("tensor {} cannot be stored: it holds a value that is not finite", tensor.name),
            "if the training diverged, try a smaller learning rate");
}

} // namespace

void require_storable(const std::vector<Tensor>& tensors) {
    std::set<std::string_view> names;
    for (const Tensor& tensor : tensors) {
        require_writable(tensor);
        if (!names.insert(tensor.name).second)
            throw Error(fmt::format("tensor {} cannot be stored twice", tensor.name), "give it another name");
    }
}

std::string to_checkpoint(const std::vector<Tensor>& tensors) {
    require_storable(tensors);
    std::vector<ZipRecord> records{{"archive/data.pkl", pickle::write_state_dict(tensors)}};
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        std::string bytes(tensors[i].values.size() * sizeof(float), '\0');
        if (!bytes.empty()) std::memcpy(bytes.data(), tensors[i].values.data(), bytes.size());
        records.push_back({fmt::format("archive/data/{}", i), std::move(bytes)});
    }
    records.push_back({"archive/version", "3\n"}); // version of torch's file format
    return write_zip(records);
}

std::vector<Tensor> from_checkpoint(std::string_view bytes, const std::string& name) {
    try {
        return read_tensors(bytes);
    } catch (const Malformed& problem) {
        throw refusal(name, bytes, problem);
    }
}

void save_checkpoint(const fs::path& file, const std::vector<Tensor>& tensors) {
    write_file(file, to_checkpoint(tensors));
}

std::vector<Tensor> load_checkpoint(const fs::path& file) {
    return from_checkpoint(read_torch_file(file), file.string());
}

} // namespace grokreport
