// Where a result comes from: the code, the libraries, the machine.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

namespace grokreport {

// No times and no host names: the same commit on the same machine gives the same provenance. Text each.

// What computes, and libtorch, whose model it is compared with: version, commit, libtorch, onednn, eigen,
// compiler, compiler_flags, cpu.
nlohmann::ordered_json provenance_of_numbers();

// The same and what draws and writes: gnuplot, rsvg, ffmpeg, pngquant, qpdf, katex.
nlohmann::ordered_json provenance();

} // namespace grokreport
