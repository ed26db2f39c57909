#include "bench/kernels.h"

#include <cblas.h>
#include <cstdlib>
#include <dnnl.h>
#include <fmt/format.h>

namespace grokreport::bench {

namespace {

struct Variable {
    const char* name;
    const char* effect;
};

// The documentation of each library lists its variables.
constexpr Variable variables[] = {
    {"OPENBLAS_CORETYPE", "OpenBLAS runs the kernels of that processor"},
    {"OPENBLAS_NUM_THREADS", "OpenBLAS, and PyTorch through it, may use so many threads at most"},
    {"OMP_NUM_THREADS", "PyTorch and OpenBLAS start with so many threads"},
    {"ONEDNN_MAX_CPU_ISA", "oneDNN, the engine's library, uses no wider instructions"},
    {"DNNL_MAX_CPU_ISA", "oneDNN, the engine's library, uses no wider instructions"},
    {"ATEN_CPU_CAPABILITY", "PyTorch uses no wider instructions"},
};

std::string instructions_of_onednn() {
    const auto isa = static_cast<unsigned>(dnnl_get_effective_cpu_isa());
    const auto has = [isa](dnnl_cpu_isa_t part) { return (isa & static_cast<unsigned>(part)) == part; };
    if (has(dnnl_cpu_isa_avx512_core)) return "AVX-512";
    if (has(dnnl_cpu_isa_avx2)) return "AVX2";
    return "without AVX2";
}

// "OpenBLAS 0.3.21 NO_LAPACKE ..." without the options of its build.
std::string version_of_openblas() {
    const std::string config = openblas_get_config();
    const std::size_t name_end = config.find(' ');
    return config.substr(0, config.find(' ', name_end == std::string::npos ? name_end : name_end + 1));
}

} // namespace

std::string kernels() {
    const dnnl_version_t* onednn = dnnl_version();
    return fmt::format("oneDNN {}.{}.{} ({}); {} ({})", onednn->major, onednn->minor, onednn->patch,
                       instructions_of_onednn(), version_of_openblas(), openblas_get_corename());
}

std::vector<std::string> environment_warnings() {
    std::vector<std::string> warnings;
    for (const Variable& variable : variables) {
        const char* value = std::getenv(variable.name);
        if (value == nullptr || *value == '\0') continue;
        warnings.push_back(fmt::format("{}={} is set: {}. Unset it to compare with the processor's own.",
                                       variable.name, value, variable.effect));
    }
    return warnings;
}

} // namespace grokreport::bench
