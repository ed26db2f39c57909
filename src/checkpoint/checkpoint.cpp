#include "checkpoint/checkpoint.h"

#include "base/error.h"
#include "base/files.h"
#include "checkpoint/malformed.h"
#include "checkpoint/pickle_reader.h"
#include "checkpoint/pickle_writer.h"
#include "checkpoint/zip_archive.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <numeric>
#include <set>

namespace grokreport {

namespace fs = std::filesystem;
using pickle::Dict;
using pickle::ElementType;
using pickle::TensorView;

namespace {

static_assert(std::endian::native == std::endian::little, "torch stores little-endian; so does this file");

// A one-layer transformer takes a few megabytes; this leaves room for any that is analysed here.
constexpr std::uintmax_t largest_file = std::uintmax_t{2} << 30;

// Tensors may share storage (tied weights do), which makes them larger than their file; a file that says
// "this one number, a billion times" is refused.
constexpr std::uint64_t most_sharing = 4;

// The records of an archive, by their name without the folder that all of them lie in.
class Records {
  public:
    explicit Records(std::vector<ZipRecord> records) {
        for (ZipRecord& record : records) {
            const std::size_t slash = record.name.find('/');
            if (slash == std::string::npos)
                throw Malformed(fmt::format("record {} has no folder", record.name));
            const bool fresh =
                by_name_.emplace(record.name.substr(slash + 1), std::move(record.bytes)).second;
            if (!fresh) throw Malformed(fmt::format("record {} is there in two folders", record.name));
        }
    }

    std::string_view at(const std::string& name) const {
        const auto found = by_name_.find(name);
        if (found == by_name_.end()) throw Malformed(fmt::format("the record {} is missing", name));
        return found->second;
    }
    bool has(const std::string& name) const { return by_name_.contains(name); }

  private:
    std::map<std::string, std::string> by_name_;
};

// Number of values; Malformed where it exceeds `most`.
std::uint64_t number_of_values(const std::vector<std::int64_t>& shape, std::uint64_t most) {
    if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
    std::uint64_t product = 1;
    for (const std::int64_t size : shape) {
        if (static_cast<std::uint64_t>(size) > most / product)
            throw Malformed("its shape is larger than its file");
        product *= static_cast<std::uint64_t>(size);
    }
    return product;
}

// The view's last element must lie in its storage. Each term is checked before the next is added, so that
// nothing overflows: a stride that counts is at most the storage's size, far below 2^31.
void require_in_storage(const TensorView& view, std::uint64_t values) {
    if (values == 0) return;
    std::int64_t last = view.offset;
    for (std::size_t d = 0; d < view.shape.size() && last < view.storage.size; ++d) {
        if (view.shape[d] == 1) continue;
        if (view.stride[d] >= view.storage.size) throw Malformed("its stride steps out of its storage");
        last += (view.shape[d] - 1) * view.stride[d];
    }
    if (last >= view.storage.size) throw Malformed("its shape does not fit its storage");
}

template <class Element>
Element element(std::string_view storage, std::int64_t index) {
    Element value{};
    std::memcpy(&value, storage.data() + static_cast<std::size_t>(index) * sizeof value, sizeof value);
    return value;
}

// Copies the view's values in row-major order, counting through the indices like an odometer.
template <class Element>
std::vector<float> gather(const TensorView& view, std::string_view storage, std::uint64_t number) {
    std::vector<float> values(number);
    std::vector<std::int64_t> index(view.shape.size(), 0);
    std::int64_t place = view.offset;
    for (float& value : values) {
        value = static_cast<float>(element<Element>(storage, place));
        if (!std::isfinite(value)) throw Malformed("it holds a value that is not finite in float32");
        for (std::size_t d = view.shape.size(); d-- > 0;) {
            if (view.shape[d] == 1) continue; // its stride may be anything
            place += view.stride[d];
            if (++index[d] < view.shape[d]) break;
            place -= view.stride[d] * std::exchange(index[d], 0);
        }
    }
    return values;
}

std::vector<float> values_of(const TensorView& view, const Records& records, std::uint64_t most) {
    const bool wide = view.storage.type == ElementType::float64;
    const std::string_view storage = records.at(fmt::format("data/{}", view.storage.key));
    const std::size_t element_size = wide ? sizeof(double) : sizeof(float);
    if (storage.size() % element_size != 0 ||
        storage.size() / element_size != static_cast<std::uint64_t>(view.storage.size))
        throw Malformed(fmt::format("its storage has {} bytes and should hold {} numbers of {} bytes",
                                    storage.size(), view.storage.size, element_size));
    const std::uint64_t number = number_of_values(view.shape, most);
    require_in_storage(view, number);
    return wide ? gather<double>(view, storage, number) : gather<float>(view, storage, number);
}

std::vector<Tensor> tensors_of(const Dict& dict, const Records& records, std::uint64_t most) {
    std::vector<Tensor> tensors;
    std::set<std::string_view> names;
    for (const auto& [key, value] : dict.entries) {
        const auto* const name = std::get_if<std::string_view>(&key);
        if (!name) throw Malformed("a key of its dict is not a text");
        if (!names.insert(*name).second) throw Malformed(fmt::format("it holds the tensor {} twice", *name));
        const auto* const view = std::get_if<const TensorView*>(&value);
        if (!view) throw Malformed(fmt::format("{} is not a tensor", *name));
        try {
            tensors.push_back({std::string(*name), (*view)->shape, values_of(**view, records, most)});
        } catch (const Malformed& problem) {
            throw Malformed(fmt::format("tensor {}: {}", *name, problem.what()));
        }
        most -= tensors.back().values.size();
    }
    return tensors;
}

std::vector<Tensor> read_tensors(std::string_view bytes) {
    const Records records(read_zip(bytes));
    if (records.has("byteorder") && records.at("byteorder") != "little")
        throw Malformed("it was written on a big-endian machine");
    const std::string_view stream = records.at("data.pkl");
    const pickle::Pickle pickle(stream);
    if (pickle.size() != stream.size()) throw Malformed("something follows its pickle");
    const auto* const dict = std::get_if<Dict*>(&pickle.value());
    if (!dict) throw Malformed("it does not hold a dict of tensors");
    return tensors_of(**dict, records, most_sharing * bytes.size() / sizeof(float));
}

// A message may quote the file: whatever is in it, it stays one readable line.
std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 127; }, '?');
    return text;
}

// Throws Error where from_checkpoint would refuse the tensor.
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

std::string to_checkpoint(const std::vector<Tensor>& tensors) {
    std::set<std::string_view> names;
    for (const Tensor& tensor : tensors) {
        require_writable(tensor);
        if (!names.insert(tensor.name).second)
            throw Error(fmt::format("tensor {} cannot be stored twice", tensor.name), "give it another name");
    }
    std::vector<ZipRecord> records{{"archive/data.pkl", pickle::write_state_dict(tensors)}};
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        std::string bytes(tensors[i].values.size() * sizeof(float), '\0');
        if (!bytes.empty()) std::memcpy(bytes.data(), tensors[i].values.data(), bytes.size());
        records.push_back({fmt::format("archive/data/{}", i), std::move(bytes)});
    }
    records.push_back({"archive/version", "3\n"}); // of torch's file format
    return write_zip(records);
}

std::vector<Tensor> from_checkpoint(std::string_view bytes, const std::string& name) {
    try {
        return read_tensors(bytes);
    } catch (const Malformed& problem) {
        throw Error(
            fmt::format("checkpoint {}: {}", name, printable(problem.what())),
            "the file is damaged or was not written by torch.save from a dict of float tensors: write it "
            "again");
    }
}

void save_checkpoint(const fs::path& file, const std::vector<Tensor>& tensors) {
    write_file(file, to_checkpoint(tensors));
}

std::vector<Tensor> load_checkpoint(const fs::path& file) {
    std::error_code unknown;
    if (fs::is_regular_file(file, unknown) && fs::file_size(file, unknown) > largest_file)
        throw Error(fmt::format("checkpoint {}: it is larger than {} bytes", file.string(), largest_file),
                    "name the checkpoint of a one-layer model");
    if (fs::exists(file, unknown) && !fs::is_regular_file(file, unknown))
        throw Error(fmt::format("checkpoint {}: it is not a file", file.string()), "name a file");
    return from_checkpoint(read_file(file), file.string());
}

} // namespace grokreport
