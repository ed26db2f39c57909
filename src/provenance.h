// Where a result comes from: the code, the libraries, the machine.
#pragma once

#include <nlohmann/json.hpp>

namespace grokreport {

// commit, libtorch, onednn, eigen, gnuplot, compiler, compiler_flags, cpu: text each. No times and no host
// names: the same commit on the same machine gives the same provenance.
nlohmann::ordered_json provenance();

} // namespace grokreport
