#include "sections/task/figures_architecture.h"

#include "drawing/csv.h"
#include "drawing/diagram.h"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>

namespace grokreport::figures {

namespace {

// The grid, in pixels: the residual stream on the left, the two blocks that read and write it on the right.
constexpr double stream = 60; // x of the residual stream
constexpr double stream_box_width = 112;
constexpr double block_left = 118;
constexpr double block_width = column_width - block_left - 6;
constexpr double block_middle = block_left + block_width / 2;
constexpr double padding = 10; // from the edge of a block to the boxes in it
constexpr double box_height = 22;
constexpr double step = 38; // from one row of boxes to the next

// Middles of the rows from top to bottom; a block's rows are a step apart.
constexpr double logits_row = 14;
constexpr double unembed_row = 52;
constexpr double w_out_row = 112;
constexpr double relu_row = w_out_row + step;
constexpr double w_in_row = relu_row + step;
constexpr double w_o_row = w_in_row + 78;
constexpr double heads_row = w_o_row + step;
constexpr double w_qkv_row = heads_row + step;
constexpr double embed_row = w_qkv_row + 62;
constexpr double tokens_row = embed_row + step;
constexpr Size architecture_size{column_width, tokens_row + 18};

constexpr double branch_drop = 12; // from the lower edge of a block to its arrow from the stream

Box centred(double x, double y, double width, double height = box_height) {
    return {x - width / 2, y - height / 2, width, height};
}

// "114 × 128", or whatever stands between the sizes.
std::string shape(std::initializer_list<int> sizes, const char* between = " × ") {
    std::vector<std::string> texts;
    for (const int size : sizes)
        texts.push_back(std::to_string(size));
    return boost::algorithm::join(texts, between);
}

// "W_E" as markup: the letter in italics, the rest below it.
std::string symbol(std::string_view letter, std::string_view index) {
    return fmt::format("{{/:Italic {}}}_{{{}}}", letter, index);
}

// A box with a name on its left and a shape on its right.
void named_box(Diagram& diagram, Box place, std::string_view name, std::string_view sizes,
               std::string_view hue) {
    diagram.box(place, fmt::format("{}-tint", hue), hue);
    const double middle = place.top + place.height / 2;
    diagram.text({place.left + 8, middle}, name, {"ink", type_size, Align::left});
    diagram.text({place.left + place.width - 8, middle}, sizes, {"muted", small_type_size, Align::right});
}

void aside(Diagram& diagram, Point at, std::string_view words, Align align = Align::left) {
    diagram.text(at, words, {"muted", small_type_size, align});
}

Box in_block(double row) {
    return centred(block_middle, row, block_width - 2 * padding);
}
Box on_stream(double row) {
    return centred(stream, row, stream_box_width);
}

// From the top of one row of boxes to the bottom of the row above it.
void upwards(Diagram& diagram, double x, double from_row, double to_row) {
    diagram.arrow({{x, from_row - box_height / 2}, {x, to_row + box_height / 2}});
}

// The background of a block, the arrow by which it reads the stream, and the sum by which it writes to it.
void draw_block(Diagram& diagram, std::string_view name, double first_row, double last_row) {
    const double top = first_row - box_height / 2 - padding;
    const double bottom = last_row + box_height / 2 + padding;
    diagram.box({block_left, top, block_width, bottom - top}, "grey-tint", "grid");
    aside(diagram, {block_left + block_width, top - 9}, name, Align::right);

    const double branch = bottom + branch_drop;
    diagram.arrow({{stream, branch}, {block_middle, branch}, {block_middle, last_row + box_height / 2}});
    diagram.dot({stream, branch}, 2.2, colour("ink"));
    constexpr double radius = 8;
    diagram.arrow({{block_left + padding, first_row}, {stream + radius, first_row}});
    diagram.node({stream, first_row}, radius, "+");
}

void draw_mlp(Diagram& diagram, const Config& config) {
    draw_block(diagram, "MLP", w_out_row, w_in_row);
    const auto affine = [](std::string_view index) { return symbol("W", index) + ", " + symbol("b", index); };
    named_box(diagram, in_block(w_in_row), affine("in"),
              fmt::format("{}, {}", shape({config.d_model, config.d_mlp}), config.d_mlp), "orange");
    named_box(diagram, in_block(relu_row), config.variant == Variant::relu ? "ReLU" : "identity",
              shape({config.d_mlp}), "orange");
    named_box(diagram, in_block(w_out_row), affine("out"),
              fmt::format("{}, {}", shape({config.d_mlp, config.d_model}), config.d_model), "orange");
    upwards(diagram, block_middle, w_in_row, relu_row);
    upwards(diagram, block_middle, relu_row, w_out_row);
}

void draw_attention(Diagram& diagram, const Config& config) {
    draw_block(diagram, fmt::format("attention, {} heads", config.n_heads), w_o_row, w_qkv_row);
    named_box(diagram, in_block(w_qkv_row),
              symbol("W", "Q") + ", " + symbol("W", "K") + ", " + symbol("W", "V"),
              shape({config.n_heads, config.d_model, config.d_head}), "blue");
    named_box(diagram, in_block(w_o_row), symbol("W", "O"),
              shape({config.n_heads, config.d_head, config.d_model}), "blue");

    // One box a head. Of more than eight heads the row shows the first eight.
    const int shown = std::min(config.n_heads, 8);
    constexpr double gap = 6;
    const Box row = in_block(heads_row);
    const double width = (row.width - (shown - 1) * gap) / shown;
    for (int head = 0; head < shown; ++head) {
        const double x = row.left + head * (width + gap) + width / 2;
        diagram.box(centred(x, heads_row, width), "page", "blue");
        diagram.text({x, heads_row}, shown <= 4 ? fmt::format("head {}", head) : fmt::format("{}", head),
                     {"ink", small_type_size});
        upwards(diagram, x, w_qkv_row, heads_row);
        upwards(diagram, x, heads_row, w_o_row);
    }
}

void draw_stream(Diagram& diagram, const Config& config) {
    named_box(diagram, on_stream(embed_row), symbol("W", "E"), shape({config.d_vocab(), config.d_model}),
              "green");
    named_box(diagram, on_stream(unembed_row), symbol("W", "U"), shape({config.d_model, config.d_vocab()}),
              "green");
    named_box(diagram, on_stream(logits_row), "logits", shape({config.d_vocab()}), "grey");
    upwards(diagram, stream, embed_row, unembed_row);
    upwards(diagram, stream, unembed_row, logits_row);
    aside(diagram, {block_left + 10, logits_row}, "read at “=”");
    aside(diagram, {stream - 8, embed_row - 28}, shape({3, config.d_model}), Align::right);
    aside(diagram, {stream - 8, w_in_row}, "residual", Align::right);
    aside(diagram, {stream - 8, w_in_row + 12}, "stream", Align::right);

    const double tokens = 3;
    const double token_width = stream_box_width / tokens - 6;
    int position = 0;
    for (const std::string_view token : {"{/:Italic a}", "{/:Italic b}", "="}) {
        const double x = stream + (position++ - 1) * (token_width + 9);
        diagram.box(centred(x, tokens_row, token_width), "page", "muted");
        diagram.text({x, tokens_row}, token);
        upwards(diagram, x, tokens_row, embed_row);
    }
    aside(diagram, {block_left + 10, tokens_row},
          fmt::format("numbers 0 to {}; “=” is {}", config.p - 1, config.equals_token()));
}

// Every tensor of a checkpoint with its shape.
std::string tensors_csv(const Config& config) {
    Csv csv({"tensor", "shape"});
    const auto add = [&](std::string_view name, std::initializer_list<int> sizes) {
        csv.row(name, fmt::format("[{}]", shape(sizes, ", ")));
    };
    add("embed.W_E", {config.d_vocab(), config.d_model});
    for (const std::string_view name : {"blocks.0.attn.W_Q", "blocks.0.attn.W_K", "blocks.0.attn.W_V"})
        add(name, {config.n_heads, config.d_model, config.d_head});
    add("blocks.0.attn.W_O", {config.n_heads, config.d_head, config.d_model});
    add("blocks.0.mlp.W_in", {config.d_model, config.d_mlp});
    add("blocks.0.mlp.b_in", {config.d_mlp});
    add("blocks.0.mlp.W_out", {config.d_mlp, config.d_model});
    add("blocks.0.mlp.b_out", {config.d_model});
    add("unembed.W_U", {config.d_model, config.d_vocab()});
    return csv.text();
}

} // namespace

Drawing architecture(const std::string& id, const Config& config) {
    Diagram diagram(id, architecture_size);
    draw_stream(diagram, config);
    draw_mlp(diagram, config);
    draw_attention(diagram, config);
    return std::move(diagram).finish(tensors_csv(config));
}

} // namespace grokreport::figures
