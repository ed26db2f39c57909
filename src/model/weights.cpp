#include "model/weights.h"

#include "base/error.h"

#include <algorithm>
#include <fmt/format.h>

namespace grokreport {

namespace {

using Shape = std::vector<std::int64_t>;

// Finds the tensors of a file by name. Throws Error where one is missing or has another shape.
class TensorFinder {
  public:
    TensorFinder(const std::vector<Tensor>& tensors, const std::filesystem::path& file)
        : tensors_(tensors), file_(file) {}

    bool has(const std::string& name) const {
        return std::ranges::find(tensors_, name, &Tensor::name) != tensors_.end();
    }

    const Tensor& find(const std::string& name) const {
        const auto found = std::ranges::find(tensors_, name, &Tensor::name);
        if (found == tensors_.end()) refuse(fmt::format("tensor {} is missing", name));
        return *found;
    }

    const Tensor& find(const std::string& name, const Shape& shape) const {
        const Tensor& tensor = find(name);
        if (tensor.shape != shape)
            refuse(fmt::format("tensor {} has shape {} instead of {}", name, describe_shape(tensor.shape),
                               describe_shape(shape)));
        return tensor;
    }

    [[noreturn]] void refuse(const std::string& what) const {
        throw Error(fmt::format("checkpoint {}: {}", file_.string(), what),
                    "name a checkpoint of a one-layer transformer with TransformerLens names and layouts");
    }

  private:
    const std::vector<Tensor>& tensors_;
    const std::filesystem::path& file_;
};

// A tensor of two axes, or slice `index` of one of three, as a matrix of the last two axes.
Eigen::MatrixXd to_matrix(const Tensor& tensor, std::int64_t index = 0) {
    const auto rows = tensor.shape[tensor.shape.size() - 2], cols = tensor.shape.back();
    using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const RowMajor>(tensor.values.data() + index * rows * cols, rows, cols).cast<double>();
}

std::vector<Eigen::MatrixXd> by_head(const Tensor& tensor) {
    std::vector<Eigen::MatrixXd> heads;
    for (std::int64_t head = 0; head < tensor.shape.front(); ++head)
        heads.push_back(to_matrix(tensor, head));
    return heads;
}

// Row `index` of a tensor of two axes.
Eigen::RowVectorXd to_row(const Tensor& tensor, std::int64_t index) {
    const auto size = tensor.shape.back();
    return Eigen::Map<const Eigen::RowVectorXf>(tensor.values.data() + index * size, size).cast<double>();
}

Eigen::RowVectorXd to_row(const Tensor& tensor) {
    return Eigen::Map<const Eigen::RowVectorXf>(tensor.values.data(), tensor.shape.front()).cast<double>();
}

// A bias of each head, n_heads x d_head; zero where the file lacks it.
std::vector<Eigen::RowVectorXd> head_biases(const TensorFinder& finder, const std::string& name,
                                            const Shape& shape) {
    std::vector<Eigen::RowVectorXd> biases;
    for (std::int64_t head = 0; head < shape[0]; ++head)
        biases.push_back(finder.has(name) ? to_row(finder.find(name, shape), head)
                                          : Eigen::RowVectorXd::Zero(shape[1]));
    return biases;
}

Eigen::RowVectorXd bias(const TensorFinder& finder, const std::string& name, std::int64_t size) {
    return finder.has(name) ? to_row(finder.find(name, {size})) : Eigen::RowVectorXd::Zero(size);
}

bool any_nonzero(const std::vector<Eigen::RowVectorXd>& biases) {
    return std::ranges::any_of(biases, [](const Eigen::RowVectorXd& of_head) { return !of_head.isZero(0); });
}

} // namespace

bool Weights::has_positions() const {
    return !W_pos.isZero(0);
}

Eigen::MatrixXd Weights::embedded(int position) const {
    return W_E.rowwise() + W_pos.row(position);
}

Eigen::RowVectorXd Weights::embedded_equals() const {
    return W_E.row(p()) + W_pos.row(2);
}

Eigen::RowVectorXd Weights::query(int head) const {
    return embedded_equals() * W_Q[static_cast<std::size_t>(head)] + b_Q[static_cast<std::size_t>(head)];
}

Eigen::MatrixXd Weights::values(int head, int position) const {
    return (embedded(position) * W_V[static_cast<std::size_t>(head)]).rowwise() +
           b_V[static_cast<std::size_t>(head)];
}

Eigen::MatrixXd Weights::unembedded(const Eigen::MatrixXd& resid_post) const {
    return (resid_post * W_U).rowwise() + b_U;
}

Eigen::RowVectorXd Weights::attention_constant() const {
    Eigen::RowVectorXd constant = b_O;
    for (std::size_t head = 0; head < W_O.size(); ++head)
        constant += b_V[head] * W_O[head];
    return constant;
}

void Weights::clear_further_biases() {
    const auto zero = [](const std::vector<Eigen::MatrixXd>& of_heads) {
        std::vector<Eigen::RowVectorXd> biases;
        for (const Eigen::MatrixXd& of_head : of_heads)
            biases.emplace_back(Eigen::RowVectorXd::Zero(of_head.cols()));
        return biases;
    };
    b_Q = zero(W_Q);
    b_K = zero(W_K);
    b_V = zero(W_V);
    b_O = Eigen::RowVectorXd::Zero(d_model());
    b_U = Eigen::RowVectorXd::Zero(W_U.cols());
}

std::vector<std::string> Weights::further_biases() const {
    std::vector<std::string> names;
    if (any_nonzero(b_Q)) names.emplace_back("b_Q");
    if (any_nonzero(b_K)) names.emplace_back("b_K");
    if (any_nonzero(b_V)) names.emplace_back("b_V");
    if (!b_O.isZero(0)) names.emplace_back("b_O");
    if (!b_U.isZero(0)) names.emplace_back("b_U");
    return names;
}

Weights to_weights(const std::vector<Tensor>& tensors, const std::filesystem::path& file) {
    const TensorFinder finder(tensors, file);
    const Shape of_W_E = finder.find("embed.W_E").shape, of_W_Q = finder.find("blocks.0.attn.W_Q").shape,
                of_W_in = finder.find("blocks.0.mlp.W_in").shape;
    if (of_W_E.size() != 2 || of_W_Q.size() != 3 || of_W_in.size() != 2)
        finder.refuse("W_E, W_Q or W_in has another number of axes than 2, 3 and 2");
    const auto d_vocab = of_W_E[0], d_model = of_W_E[1], n_heads = of_W_Q[0], d_head = of_W_Q[2],
               d_mlp = of_W_in[1];
    if (d_vocab < 2 || d_model < 1 || n_heads < 1 || d_head < 1 || d_mlp < 1)
        finder.refuse("an axis is empty");

    const Shape into_head{n_heads, d_model, d_head};
    Weights weights;
    weights.W_E = to_matrix(finder.find("embed.W_E"));
    weights.W_pos = finder.has("pos_embed.W_pos")
                        ? to_matrix(finder.find("pos_embed.W_pos", {context_length, d_model}))
                        : Eigen::MatrixXd::Zero(context_length, d_model);
    weights.W_Q = by_head(finder.find("blocks.0.attn.W_Q", into_head));
    weights.W_K = by_head(finder.find("blocks.0.attn.W_K", into_head));
    weights.W_V = by_head(finder.find("blocks.0.attn.W_V", into_head));
    weights.W_O = by_head(finder.find("blocks.0.attn.W_O", {n_heads, d_head, d_model}));
    weights.b_Q = head_biases(finder, "blocks.0.attn.b_Q", {n_heads, d_head});
    weights.b_K = head_biases(finder, "blocks.0.attn.b_K", {n_heads, d_head});
    weights.b_V = head_biases(finder, "blocks.0.attn.b_V", {n_heads, d_head});
    weights.b_O = bias(finder, "blocks.0.attn.b_O", d_model);
    weights.W_in = to_matrix(finder.find("blocks.0.mlp.W_in", {d_model, d_mlp}));
    weights.b_in = to_row(finder.find("blocks.0.mlp.b_in", {d_mlp}));
    weights.W_out = to_matrix(finder.find("blocks.0.mlp.W_out", {d_mlp, d_model}));
    weights.b_out = to_row(finder.find("blocks.0.mlp.b_out", {d_model}));
    const Tensor& W_U = finder.find("unembed.W_U");
    if (W_U.shape.size() != 2 || W_U.shape[0] != d_model || W_U.shape[1] < d_vocab - 1)
        finder.refuse(fmt::format("tensor unembed.W_U has shape {} instead of {}", describe_shape(W_U.shape),
                                  describe_shape({d_model, d_vocab})));
    weights.W_U = to_matrix(W_U);
    weights.b_U = bias(finder, "unembed.b_U", W_U.shape[1]);
    return weights;
}

Weights load_weights(const std::filesystem::path& file, const Config& config) {
    const std::string mend = "train the run anew with --retrain";
    Weights weights;
    try {
        weights = to_weights(load_checkpoint(file), file);
    } catch (const Error& damaged) {
        throw Error(damaged.problem(), mend);
    }
    if (weights.p() != config.p || weights.d_model() != config.d_model ||
        weights.n_heads() != config.n_heads || weights.d_head() != config.d_head ||
        weights.d_mlp() != config.d_mlp || weights.W_U.cols() != config.d_vocab())
        throw Error(fmt::format("checkpoint {}: its sizes are not those of its run", file.string()), mend);
    return weights;
}

} // namespace grokreport
