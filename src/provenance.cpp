#include "provenance.h"

#include "base/process.h"
#include "base/version.h"

#include <Eigen/Core>
#include <dnnl.h>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <torch/version.h>

namespace grokreport {

namespace {

std::string cpu_model() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown";
}

std::string gnuplot_version() {
    using namespace std::chrono_literals;
    std::string version = run_checked({"gnuplot", "--version"}, "", 10s, "gnuplot-nox");
    while (version.ends_with('\n'))
        version.pop_back();
    return version;
}

} // namespace

nlohmann::ordered_json provenance() {
    const dnnl_version_t* onednn = dnnl_version();
    return {{"commit", commit()},
            {"libtorch", TORCH_VERSION},
            {"onednn", fmt::format("{}.{}.{}", onednn->major, onednn->minor, onednn->patch)},
            {"eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
            {"gnuplot", gnuplot_version()},
            {"compiler", fmt::format("g++ {}", __VERSION__)},
            {"compiler_flags", compiler_flags()},
            {"cpu", cpu_model()}};
}

} // namespace grokreport
