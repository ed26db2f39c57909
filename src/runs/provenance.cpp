#include "runs/provenance.h"

#include "base/files.h"
#include "base/process.h"
#include "base/version.h"
#include "runs/paths.h"

#include <Eigen/Core>
#include <algorithm>
#include <cairo.h>
#include <chrono>
#include <dnnl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <librsvg/rsvg.h>
#include <qpdf/QPDF.hh>
#include <regex>
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

// The widest vector instructions of the processor. Processors of one name can differ in them, and then the
// last bits of a native build differ too.
const char* vector_unit() {
    if (__builtin_cpu_supports("avx512f")) return "AVX-512";
    if (__builtin_cpu_supports("avx2")) return "AVX2";
    return "without AVX2";
}

// The first line of the version that a program prints, without its copyright.
std::string version_of(const std::string& program, const char* option, const std::string& package) {
    using namespace std::chrono_literals;
    const std::string printed = run_checked({program, option}, "", 10s, package);
    return printed.substr(0, std::min(printed.find('\n'), printed.find(" Copyright")));
}

// The version that KaTeX's script states: "0.16.4".
std::string katex_version(const std::filesystem::path& folder) {
    static const std::regex version(R"(version:"([0-9.]+)\")");
    std::smatch found;
    const std::string script = read_file(folder / "katex.min.js");
    return std::regex_search(script, found, version) ? found[1].str() : "unknown";
}

} // namespace

nlohmann::ordered_json provenance_of_numbers() {
    const dnnl_version_t* onednn = dnnl_version();
    return {{"version", version()},
            {"commit", commit()},
            {"libtorch", TORCH_VERSION},
            {"onednn", fmt::format("{}.{}.{}", onednn->major, onednn->minor, onednn->patch)},
            {"eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
            {"compiler", fmt::format("g++ {}", __VERSION__)},
            {"compiler_flags", compiler_flags()},
            {"cpu", fmt::format("{}, {}", cpu_model(), vector_unit())}};
}

nlohmann::ordered_json provenance() {
    nlohmann::ordered_json all = provenance_of_numbers();
    all["gnuplot"] = version_of("gnuplot", "--version", "gnuplot-nox");
    all["librsvg"] = fmt::format("{}.{}.{}", rsvg_major_version, rsvg_minor_version, rsvg_micro_version);
    all["cairo"] = cairo_version_string();
    all["ffmpeg"] = version_of("ffmpeg", "-version", "ffmpeg");
    all["qpdf"] = QPDF::QPDFVersion();
    all["katex"] = katex_version(katex_folder);
    return all;
}

} // namespace grokreport
