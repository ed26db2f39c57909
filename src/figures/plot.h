// One figure on its way to paper: a gnuplot script with the data it draws. Figures are written with
// gnuplot-iostream into memory; files.h of this folder runs gnuplot on them. No drawing code outside src/figures.
#pragma once

#include <gnuplot-iostream.h>
#include <string>
#include <vector>

namespace grokreport::figures {

// What a figure is, before it is drawn: equal drawings give byte-identical SVG.
struct Drawing {
    std::string id;     // "training-10k"
    std::string script; // gnuplot, complete with inline data
    std::string csv;    // the data shown, with a header line
};

} // namespace grokreport::figures
