#include "checkpoint/layouts.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace grokreport {

namespace {

constexpr std::int64_t own_context = 3; // a, b, '=': of our models, and the least that is read

// The axes of a tensor, one letter for each: v d_vocab, m d_model, c n_ctx, h n_heads, d d_head, z n_heads *
// d_head, f d_mlp, u d_vocab_out.
struct Axes {
    std::string_view tensor, transformer_lens, nanda;
    bool may_be_missing = false;

    std::string_view in(Layout layout) const {
        return layout == Layout::transformer_lens ? transformer_lens : nanda;
    }
};
constexpr std::array<Axes, 16> weight_axes{{
    {"embed.W_E", "vm", "mv"},
    {"pos_embed.W_pos", "cm", "cm", true},
    {"blocks.0.attn.W_Q", "hmd", "hdm"},
    {"blocks.0.attn.W_K", "hmd", "hdm"},
    {"blocks.0.attn.W_V", "hmd", "hdm"},
    {"blocks.0.attn.W_O", "hdm", "mz"},
    {"blocks.0.attn.b_Q", "hd", "hd", true},
    {"blocks.0.attn.b_K", "hd", "hd", true},
    {"blocks.0.attn.b_V", "hd", "hd", true},
    {"blocks.0.attn.b_O", "m", "m", true},
    {"blocks.0.mlp.W_in", "mf", "fm"},
    {"blocks.0.mlp.b_in", "f", "f", true},
    {"blocks.0.mlp.W_out", "fm", "mf"},
    {"blocks.0.mlp.b_out", "m", "m", true},
    {"unembed.W_U", "mu", "mu"},
    {"unembed.b_U", "u", "u", true},
}};

constexpr std::array<std::string_view, 2> without_effect{"blocks.0.attn.mask", "blocks.0.attn.IGNORE"};

std::string_view name_of_axis(char axis) {
    switch (axis) {
    case 'v':
        return "d_vocab";
    case 'm':
        return "d_model";
    case 'c':
        return "n_ctx";
    case 'h':
        return "n_heads";
    case 'd':
        return "d_head";
    case 'z':
        return "n_heads * d_head";
    case 'f':
        return "d_mlp";
    default:
        return "d_vocab_out";
    }
}

using Sizes = std::map<char, std::int64_t>; // the known sizes of axes

// "d_mlp x d_model (4)"
std::string describe_axes(std::string_view axes, const Sizes& sizes) {
    std::vector<std::string> names;
    for (const char axis : axes) {
        const auto known = sizes.find(axis);
        names.push_back(std::string(name_of_axis(axis)) +
                        (known == sizes.end() ? "" : fmt::format(" ({})", known->second)));
    }
    return fmt::format("{}", fmt::join(names, " x "));
}

[[noreturn]] void refuse(const std::string& name, const std::string& what, const std::string& mend) {
    throw Error(fmt::format("checkpoint {}: {}", name, what), mend);
}

using TensorsByName = std::map<std::string, Tensor, std::less<>>;

// Adds the sizes of the tensor's axes to `sizes`. False where it has another number of axes, an empty axis,
// or an axis of another size than the known one.
bool fits(const Tensor& tensor, std::string_view axes, Sizes& sizes) {
    if (tensor.shape.size() != axes.size()) return false;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (tensor.shape[i] < 1 ||
            sizes.try_emplace(axes[i], tensor.shape[i]).first->second != tensor.shape[i])
            return false;
        if (sizes.contains('h') && sizes.contains('d')) sizes.try_emplace('z', sizes['h'] * sizes['d']);
    }
    return true;
}

// The sizes of all axes, or the reason why the tensors do not have this layout.
struct LayoutFit {
    Sizes sizes;
    std::string misfit;
};
LayoutFit fit_layout(Layout layout, const TensorsByName& tensors) {
    LayoutFit fit;
    for (const Axes& weight : weight_axes) {
        const auto tensor = tensors.find(weight.tensor);
        if (tensor == tensors.end()) continue;
        const Sizes before = fit.sizes;
        if (fits(tensor->second, weight.in(layout), fit.sizes)) continue;
        fit.misfit =
            fmt::format("as {}, tensor {} has shape {} and should have {}", to_string(layout), weight.tensor,
                        describe_shape(tensor->second.shape), describe_axes(weight.in(layout), before));
        break;
    }
    return fit;
}

// The layout of the hint, or else the only one that fits.
Layout recognise(const TensorsByName& tensors, const std::string& name, std::optional<Layout> hint) {
    std::vector<Layout> fitting;
    std::string misfits;
    for (const Layout layout : {Layout::transformer_lens, Layout::nanda}) {
        if (hint && layout != *hint) continue;
        const LayoutFit fit = fit_layout(layout, tensors);
        if (fit.misfit.empty())
            fitting.push_back(layout);
        else
            misfits += (misfits.empty() ? "" : "; ") + fit.misfit;
    }
    if (fitting.empty()) refuse(name, misfits, "name a one-layer transformer whose tensors fit each other");
    if (fitting.size() > 1)
        refuse(name, "its shapes fit both layouts", "say which it is: --layout transformerlens or nanda");
    return fitting.front();
}

Tensor swap_last_axes(const Tensor& tensor) {
    Tensor swapped = tensor;
    const auto rows = static_cast<std::size_t>(tensor.shape[tensor.shape.size() - 2]);
    const auto columns = static_cast<std::size_t>(tensor.shape.back());
    std::swap(swapped.shape[tensor.shape.size() - 2], swapped.shape.back());
    for (std::size_t begin = 0; begin < tensor.values.size(); begin += rows * columns)
        for (std::size_t row = 0; row < rows; ++row)
            for (std::size_t column = 0; column < columns; ++column)
                swapped.values[begin + column * rows + row] = tensor.values[begin + row * columns + column];
    return swapped;
}

Tensor converted(const Tensor& tensor, const Axes& weight, Layout layout, const Sizes& sizes) {
    if (weight.in(layout) == weight.transformer_lens) return tensor;
    Tensor result = swap_last_axes(tensor);
    if (weight.in(layout) == "mz") // row h * d_head + i is row i of head h
        result.shape = {sizes.at('h'), sizes.at('d'), sizes.at('m')};
    return result;
}

// A bias that the file does not have.
Tensor zeros(const Axes& bias, const Sizes& sizes) {
    const std::int64_t size = sizes.at(bias.transformer_lens[0]);
    return {std::string(bias.tensor), {size}, std::vector<float>(static_cast<std::size_t>(size))};
}

void cut_rows(Tensor& tensor, std::int64_t rows) {
    tensor.values.resize(tensor.values.size() / static_cast<std::size_t>(tensor.shape[0]) *
                         static_cast<std::size_t>(rows));
    tensor.shape[0] = rows;
}

// Throws Error where a tensor is missing, and where the file has one that our model lacks.
void require_own_architecture(const StateDict& state_dict, const TensorsByName& tensors,
                              const std::string& name) {
    const std::string mend =
        "name a transformer of one layer without layer norm, with TransformerLens's names";
    for (const std::string& other : state_dict.others)
        if (std::ranges::find(without_effect, other) == without_effect.end())
            refuse(name, fmt::format("tensor {} has no place in this architecture", other), mend);
    for (const Axes& weight : weight_axes)
        if (!weight.may_be_missing && !tensors.contains(weight.tensor))
            refuse(name, fmt::format("tensor {} is missing", weight.tensor), mend);
}

// The modulus: the hint, or else d_vocab - 1.
int modulus(const Sizes& sizes, const std::string& name, std::optional<int> hint) {
    const std::int64_t tokens = sizes.at('v'), logits = sizes.at('u'), p = hint ? *hint : tokens - 1;
    if (p < 1 || p + 1 > tokens || p > logits)
        refuse(name, fmt::format("{} tokens and {} logits are too few for p = {} and '='", tokens, logits, p),
               "name a model that reads a, b and '=', or give its modulus: --p");
    return static_cast<int>(p);
}

void require_positions(const Sizes& sizes, const std::string& name) {
    if (sizes.contains('c') && sizes.at('c') < own_context)
        refuse(name, fmt::format("it has {} positions, fewer than three", sizes.at('c')),
               "name a model that reads a, b and '='");
}

} // namespace

std::string to_string(Layout layout) {
    return layout == Layout::transformer_lens ? "transformerlens" : "nanda";
}

std::optional<Layout> layout_named(const std::string& name) {
    for (const Layout layout : {Layout::transformer_lens, Layout::nanda})
        if (to_string(layout) == name) return layout;
    return std::nullopt;
}

bool is_weight(std::string_view name) {
    return std::ranges::find(weight_axes, name, &Axes::tensor) != weight_axes.end();
}

ImportedTensors convert_to_own_layout(StateDict state_dict, const std::string& name,
                                      const LayoutHints& hints) {
    TensorsByName tensors;
    for (Tensor& tensor : state_dict.tensors)
        tensors.emplace(tensor.name, std::move(tensor));
    require_own_architecture(state_dict, tensors, name);
    const Layout layout = recognise(tensors, name, hints.layout);
    const Sizes sizes = fit_layout(layout, tensors).sizes;
    require_positions(sizes, name);
    ImportedTensors imported{layout, modulus(sizes, name, hints.p), {}};
    for (const Axes& weight : weight_axes) {
        const auto tensor = tensors.find(weight.tensor);
        if (tensor == tensors.end()) {
            if (weight.tensor.starts_with("blocks.0.mlp.")) imported.tensors.push_back(zeros(weight, sizes));
            continue;
        }
        Tensor own = converted(tensor->second, weight, layout, sizes);
        if (weight.transformer_lens[0] == 'v') cut_rows(own, imported.p + 1);
        if (weight.transformer_lens[0] == 'c') cut_rows(own, own_context);
        imported.tensors.push_back(std::move(own));
    }
    return imported;
}

} // namespace grokreport
