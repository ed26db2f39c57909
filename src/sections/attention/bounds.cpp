#include "sections/bounds.h"

namespace grokreport {

BoundTable attention_bounds(const Config&) {
    using enum Relation;
    const std::string source = "src/sections/attention/analysis.cpp";
    return {
        {.id = "attention.not-uniform",
         .section = "6",
         .statement = "No head attends equally to the two numbers.",
         .checks = {{"standard deviation of the attention to a over all pairs, least over heads", at_least,
                     0.05, "", "a head that always splits evenly has none"}},
         .control = "the model before training",
         .figures = {"attention-samples", "attention-full"},
         .source = source},
        {.id = "attention.equals-ignored",
         .section = "6",
         .statement = "The attention to a and to b sums to about 1.",
         .checks = {{"mean attention to '=' over all pairs, largest over heads", at_most, 0.05, "",
                     "what the figures cannot show"}},
         .control = "the model before training, which attends evenly to its three tokens",
         .figures = {"attention-periodic"},
         .source = source},
        {.id = "attention.periodic-b",
         .section = "6",
         .statement = "Attention is periodic when b varies.",
         .checks = {{"share of the energy of the attention to a, with a fixed, at K and its pairwise sums, "
                     "differences and doubles, least over heads",
                     at_least, 0.8, "", "what is left over is a minor part"},
                    {"that share less the share of all frequencies that the set covers", at_least, 0.3, "",
                     "a large set holds much of any curve's energy"}},
         .control = "the tokens b permuted: the 99 % quantile over 200 permutations",
         .figures = {"attention-periodic", "attention-spectrum"},
         .source = source},
        {.id = "attention.periodic-a-and-b",
         .section = "6",
         .statement = "Attention is periodic in a and in b.",
         .checks =
             {{"share of the energy of the attention to a over (a, b) at pairs of these frequencies and "
               "on both axes, least over heads",
               at_least, 0.8, "", "what is left over is a minor part"},
              {"that share less the share of the two-dimensional spectrum that the set covers", at_least, 0.3,
               "", "a large set holds much of any map's energy"}},
         .control = "rows and columns permuted: the 99 % quantile over 200 permutations",
         .figures = {"attention-full"},
         .source = source},
        {.id = "attention.heads-tuned",
         .section = "6",
         .statement = "Three of four heads are tuned to one frequency.",
         .checks = {{"share of heads with half of the energy of the attention to a, with a fixed, at one "
                     "frequency",
                     at_least, 0.75, "", "three of four, as the post counts"}},
         .control = "the model before training",
         .figures = {"attention-spectrum"},
         .source = source},
    };
}

} // namespace grokreport
