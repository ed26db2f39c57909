#include "pipeline/printed_options.h"

#include <fmt/format.h>
#include <string_view>

namespace grokreport {

std::string shell_word(const std::string& text) {
    constexpr std::string_view harmless =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-";
    if (!text.empty() && text.find_first_not_of(harmless) == std::string::npos) return text;
    std::string word = "'";
    for (const char c : text)
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return word + "'";
}

std::string departing_options(const Study& study, const std::filesystem::path& root) {
    const Config ours = study.config, usual;
    std::string text;
    const auto add = [&](const char* name, const auto& value, const auto& default_value) {
        if (value != default_value) text += fmt::format(" --{} {}", name, value);
    };
    add("seed", ours.seed, usual.seed);
    add("epochs", ours.epochs, usual.epochs);
    add("linear-epochs", study.linear_epochs, 2 * ours.epochs);
    add("p", ours.p, usual.p);
    add("d-model", ours.d_model, usual.d_model);
    add("n-heads", ours.n_heads, usual.n_heads);
    add("d-head", ours.d_head, usual.d_head);
    add("d-mlp", ours.d_mlp, usual.d_mlp);
    add("train-fraction", ours.train_fraction, usual.train_fraction);
    add("learning-rate", ours.learning_rate, usual.learning_rate);
    add("weight-decay", ours.weight_decay, usual.weight_decay);
    // A reader of the page has no use for an absolute path of this machine
    if (root.is_relative()) add("output", shell_word(root.string()), std::string("."));
    return text;
}

} // namespace grokreport
