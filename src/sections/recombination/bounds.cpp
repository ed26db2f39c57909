#include "sections/bounds.h"

namespace grokreport {

BoundTable recombination_bounds(const Config&) {
    using enum Relation;
    return {
        {.id = "petals.recombine",
         .section = "7.1",
         .statement = "The petals of the single heads add up to a circle.",
         .checks = {{"purity of the summed o in the plane that all heads share, least over K", at_least, 0.9,
                     "", "nine tenths of the curve is a circle"},
                    {"that purity less the largest purity of a single head, least over K", greater, 0, "",
                     "the sum must be more of a circle than every one of its parts"}},
         .control = "the heads' curves shifted in b against each other at random: 99 % quantile of 200",
         .figures = {},
         .source = "src/sections/recombination/analysis.cpp"},
        {.id = "o.circles",
         .section = "7.1",
         .statement = "o has a circle at each key frequency, in planes of its own.",
         .checks = {{"purity in the plane of k of o, least over K", at_least, 0.9, "",
                     "nine tenths of the curve is a circle"},
                    {"that purity less the 99 % quantile of its null, least over K", greater, 0, "",
                     "a plane fitted to noise shows some circle too"}},
         .control = "the purest of all other frequencies",
         .figures = {"circles-o"},
         .source = "src/sections/recombination/analysis.cpp"},
        {.id = "o.stretched",
         .section = "7.1",
         .statement = "One of o's circles is stretched.",
         .checks = {{"second over first singular value of the circle, least over K", less, 0.8, "",
                     "an ellipse that the eye tells from a circle"}},
         .figures = {"circles-o"},
         .source = "src/sections/recombination/analysis.cpp"},
    };
}

} // namespace grokreport
