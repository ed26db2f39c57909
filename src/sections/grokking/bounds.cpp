#include "sections/bounds.h"

#include <cmath>
#include <fmt/format.h>

namespace grokreport {

namespace {

constexpr double loss_bound = 0.01; // nats
constexpr double delay_bound = 5;   // times
constexpr double decay_bound = 0.9; // of the sum of squares
constexpr double symmetry_bound = 1e-5;

} // namespace

BoundTable grokking_bounds(const Config& config) {
    using enum Relation;
    return {
        {.id = "model.symmetric",
         .section = "3",
         .statement = "Without positions a and b are interchangeable.",
         .checks = {{"largest difference between the logits of (a, b) and (b, a), over their spread", at_most,
                     symmetry_bound, "", "rounding alone; the architecture cannot tell the two apart"}},
         .source = "src/sections/grokking/analysis.cpp"},
        {.id = "grok.accuracy",
         .section = "4",
         .headline = true,
         .statement = "Test accuracy reaches 100 %.",
         .checks = {{"share of held-out pairs answered rightly at 10,000 epochs", at_least, 1, "",
                     "the figure that the post gives"}},
         .control = "the same model before training",
         .figures = {"training-10k"},
         .source = "src/sections/grokking/analysis.cpp"},
        {.id = "grok.accuracy-unseen",
         .section = "4",
         .statement = "The accuracy is not only symmetry: pairs whose mirror was held out too are answered.",
         .checks = {{"share answered rightly, at 10,000 epochs, of the held-out pairs (a, b) whose mirror "
                     "(b, a) is "
                     "held out too",
                     at_least, 1, "", "the figure that the post gives, where no memorised mirror helps"}},
         .control = "the memorising model: the first evaluated epoch with 100 % train accuracy",
         .figures = {"training-10k"},
         .source = "src/sections/grokking/analysis.cpp"},
        {.id = "grok.loss",
         .section = "4",
         .statement = "Test loss reaches 0.",
         .checks = {{"mean test cross-entropy at 10,000 epochs", at_most, loss_bound, "nats",
                     fmt::format("{:.1f} % of ln(p + 1), the loss of guessing",
                                 100 * loss_bound / std::log(config.d_vocab()))}},
         .control = "the same model before training",
         .figures = {"training-10k"},
         .source = "src/sections/grokking/analysis.cpp"},
        {.id = "grok.epoch",
         .section = "4",
         .statement = "Test accuracy reaches 100 % at about 4,000 epochs.",
         .checks = {{"first evaluated epoch with 100 % test accuracy", at_least, 2000, "epochs",
                     "half of the post's figure"},
                    {"first evaluated epoch with 100 % test accuracy", at_most, 8000, "epochs",
                     "twice the post's figure"}},
         .figures = {"training-10k"},
         .source = "src/sections/grokking/analysis.cpp"},
        {.id = "grok.delayed",
         .section = "4",
         .statement = "The model memorises first and generalises much later.",
         .checks =
             {{"first evaluated epoch with 100 % test accuracy over the first with 100 % train accuracy",
               at_least, delay_bound, "", "a gap that no choice of evaluation epochs could make"}},
         .figures = {"training-10k"},
         .source = "src/sections/grokking/analysis.cpp"},
        {.id = "grok.norm-decay",
         .section = "4",
         .statement = "The sum of squares of W_E goes on falling after test accuracy has reached 100 %.",
         .checks =
             {{"sum of squares of W_E 2,000 epochs after the first epoch with 100 % test accuracy, over its "
               "value at that epoch",
               less, decay_bound, "", "a fall that the eye sees in the figure"}},
         .control = "the same ratio 8,000 epochs later, when the curve is flat",
         .figures = {"training-10k", "training-20k"},
         .source = "src/sections/grokking/analysis.cpp"},
    };
}

} // namespace grokreport
