// The origin of a result: the code, the libraries and the machine.
#pragma once

#include <nlohmann/json.hpp>

namespace grokreport {

// Both return an object of strings. They hold no times and no host names: the same commit on the same machine
// gives the same provenance.

// What the numbers depend on: version, commit, libtorch, onednn, eigen, compiler, compiler_flags, cpu.
nlohmann::ordered_json provenance_of_numbers();

// The same, and what figures and pages depend on: gnuplot, librsvg, cairo, ffmpeg, qpdf, katex. Throws Error
// where one of these programs is missing.
nlohmann::ordered_json provenance();

} // namespace grokreport
