#include "pipeline/study.h"

#include "base/hash.h"
#include "pipeline/printed_options.h"
#include "runs/results_cache.h"
#include "runs/trained_run.h"

#include <filesystem>
#include <nlohmann/json.hpp>

namespace grokreport {

namespace {

// An unfinished model is not shown, so its files do not count.
std::string hash_of_paper_model(const Config& config, const std::filesystem::path& folder) {
    if (!std::filesystem::exists(folder)) return "no model of the paper's kind";
    return is_complete(config, folder) ? hash_of_files(folder) : "an unfinished model of the paper's kind";
}

} // namespace

Config variant_of(const Study& study, Variant variant) {
    Config config = study.config;
    config.variant = variant;
    if (!has_relu(variant)) config.epochs = study.linear_epochs;
    return config;
}

Study for_seed(const Study& study, std::uint64_t seed) {
    Study one = study;
    one.config.seed = seed;
    one.paper = study.paper && seed == study.config.seed;
    return one;
}

std::string computed_from(const Study& study, const Paths& paths) {
    // The results state the options that the report prints in its commands
    std::string inputs =
        hash_of_this_program() + to_json(study.config).dump() + departing_options(study, paths.root);
    for (const Variant variant : report_variants)
        inputs += hash_of_files(paths.run(variant_of(study, variant)));
    const Config paper = variant_of(study, Variant::paper);
    inputs += hash_of_paper_model(paper, paths.run(paper));
    return sha256_hex(inputs);
}

} // namespace grokreport
