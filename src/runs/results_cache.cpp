#include "runs/results_cache.h"

#include "base/error.h"
#include "base/hash.h"
#include "drawing/draw.h"
#include "training/trainer.h"

#include <algorithm>

namespace grokreport {

namespace {

namespace fs = std::filesystem;

constexpr const char* this_program = "/proc/self/exe";

std::string hash_of_files(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);
    std::string hashes;
    for (const fs::path& file : files)
        hashes += sha256_of_file(file) + "  " + file.filename().string() + "\n";
    return sha256_hex(hashes);
}

// Of the model of the paper's kind nothing is shown before it is trained to its end.
std::string hash_of_paper_model(const Options& options) {
    const Config config = variant_of(options, Variant::paper);
    const fs::path folder = options.paths.run(config);
    if (!fs::exists(folder)) return "no model of the paper's kind";
    return is_complete(config, folder) ? hash_of_files(folder) : "an unfinished model of the paper's kind";
}

} // namespace

std::string computed_from(const Options& options) {
    // The options also name the runs as the report's commands do
    std::string inputs =
        sha256_of_file(this_program) + to_json(options.config).dump() + departing_options(options);
    for (const Variant variant : report_variants)
        inputs += hash_of_files(options.paths.run(variant_of(options, variant)));
    inputs += hash_of_paper_model(options);
    return sha256_hex(inputs);
}

std::optional<Results> cached_results(const Options& options, const std::string& computed_from) {
    const fs::path file = options.paths.cached_results(options.config.seed);
    if (!fs::exists(file)) return std::nullopt;
    try {
        Results kept = load_results(file);
        const auto is_whole = [&](const StoredFigure& figure) {
            return figures::is_whole(figure.id, figure.content, options.paths.figures(options.config.seed));
        };
        if (kept.computed_from != computed_from || !std::ranges::all_of(kept.figures, is_whole))
            return std::nullopt;
        return kept;
    } catch (const Error&) { // damaged: computed again
        return std::nullopt;
    }
}

bool is_prepared(const Options& options) {
    const auto is_trained = [&](Variant variant) {
        const Config config = variant_of(options, variant);
        return is_complete(config, options.paths.run(config));
    };
    return std::ranges::all_of(report_variants, is_trained) && cached_results(options, computed_from(options));
}

void discard_cached_results(const Options& options) {
    fs::remove(options.paths.cached_results(options.config.seed));
}

void cache_results(const Options& options, const Results& results) {
    save_results(options.paths.cached_results(options.config.seed), results);
}

} // namespace grokreport
