#include "sections/bounds.h"

namespace grokreport {

namespace {

constexpr double cosine_bound = 0.9;
constexpr double one_circle_bound = 0.5; // accuracy
constexpr double all_circles_bound = 0.95;
constexpr double ahead_bound = 1; // answers
constexpr double one_hertz_bound = 0.05;

} // namespace

BoundTable decoder_bounds(const Config&) {
    using enum Relation;
    return {
        {.id = "decoder.aligned",
         .section = "8",
         .statement = "Row c of W_L points at the embedding of c on every circle.",
         .checks = {{"least over the key frequencies of the mean cosine, over all c, between W_L[c] and the "
                     "embedding of c in the plane of the frequency",
                     at_least, cosine_bound, "", "within 26 degrees on average"}},
         .control =
             "the best aligned of the frequencies that are not active in W_L (their mean and spread are "
             "among the details)",
         .figures = {"decoder-closeup"},
         .source = "src/sections/decoder/analysis.cpp"},
        {.id = "decoder.one-circle-is-not-enough",
         .section = "8",
         .statement = "On a single circle other numbers activate W_L[c] more than c does.",
         .checks = {{"largest accuracy, over the key frequencies, of the logits restricted to one frequency",
                     at_most, one_circle_bound, "", "one circle is wrong on at least every other pair"},
                    {"least, over the key frequencies, of the mean number of answers ahead of the right one",
                     at_least, ahead_bound, "answers", "on average some other answer is ahead"},
                    {"accuracy of all key frequencies together", at_least, all_circles_bound, "",
                     "else the logits of one circle would be poor for another reason"}},
         .control = "all key frequencies together",
         .figures = {"decoder-closeup", "decoder-circles-kept"},
         .source = "src/sections/decoder/analysis.cpp"},
        {.id = "decoder.no-one-hertz",
         .section = "8",
         .statement = "W_L has no component at frequency 1.",
         .checks = {{"share of the energy of W_L at k = 1", at_most, one_hertz_bound, "",
                     "no more than a key frequency of least weight; false where 1 happens to be one"}},
         .source = "src/spectral/fourier.cpp"},
    };
}

} // namespace grokreport
