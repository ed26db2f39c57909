#include "checkpoint/pickle_writer.h"

#include "checkpoint/pickle_opcodes.h"

#include <algorithm>
#include <limits>
#include <string_view>

namespace grokreport::pickle {

namespace {

// A pickle under construction. It uses no memo: values that occur twice are written twice, and weights need
// far more bytes.
class Writer {
  public:
    Writer& opcode(Opcode code) {
        bytes_ += static_cast<char>(code);
        return *this;
    }
    Writer& global(std::string_view module, std::string_view name) {
        opcode(Opcode::global);
        bytes_.append(module).append("\n").append(name).append("\n");
        return *this;
    }
    Writer& text(std::string_view text) {
        opcode(Opcode::binunicode).little_endian(text.size(), 4);
        bytes_.append(text);
        return *this;
    }
    Writer& integer(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        if (value >= 0 && value <= std::numeric_limits<std::int32_t>::max())
            return opcode(Opcode::binint).little_endian(bits, 4);
        return opcode(Opcode::long1).little_endian(8, 1).little_endian(bits, 8);
    }
    Writer& tuple(std::span<const std::int64_t> values) {
        opcode(Opcode::mark);
        for (const std::int64_t value : values)
            integer(value);
        return opcode(Opcode::tuple);
    }
    Writer& little_endian(std::uint64_t value, int size) {
        for (int byte = 0; byte < size; ++byte)
            bytes_ += static_cast<char>(value >> (8 * byte));
        return *this;
    }
    std::string finish() { return std::move(opcode(Opcode::stop).bytes_); }

  private:
    std::string bytes_;
};

// stride[d] = shape[d + 1] * shape[d + 2] * ...; an empty dimension counts as one, as in torch.
std::vector<std::int64_t> row_major_stride(std::span<const std::int64_t> shape) {
    std::vector<std::int64_t> stride(shape.size(), 1);
    for (std::size_t d = shape.size(); d-- > 1;)
        stride[d - 1] = stride[d] * std::max<std::int64_t>(shape[d], 1);
    return stride;
}

void write_tensor(Writer& writer, const Tensor& tensor, const std::string& key) {
    writer.global("torch._utils", "_rebuild_tensor_v2").opcode(Opcode::mark);
    writer.opcode(Opcode::mark).text("storage").global("torch", "FloatStorage").text(key).text("cpu");
    writer.integer(static_cast<std::int64_t>(tensor.values.size()));
    writer.opcode(Opcode::tuple).opcode(Opcode::binpersid);
    writer.integer(0); // offset in the storage
    writer.tuple(tensor.shape).tuple(row_major_stride(tensor.shape));
    writer.opcode(Opcode::new_false); // requires_grad
    writer.global("collections", "OrderedDict").opcode(Opcode::empty_tuple).opcode(Opcode::reduce); // hooks
    writer.opcode(Opcode::tuple).opcode(Opcode::reduce);
}

} // namespace

std::string write_state_dict(std::span<const Tensor> tensors) {
    Writer writer;
    writer.opcode(Opcode::proto).little_endian(2, 1);
    writer.opcode(Opcode::empty_dict).opcode(Opcode::mark);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        writer.text(tensors[i].name);
        write_tensor(writer, tensors[i], std::to_string(i));
    }
    return writer.opcode(Opcode::setitems).finish();
}

} // namespace grokreport::pickle
