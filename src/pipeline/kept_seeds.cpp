#include "pipeline/kept_seeds.h"

#include "base/files.h"
#include "base/gzip.h"
#include "base/hash.h"
#include "runs/trained_run.h"
#include "sections/sections.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

namespace grokreport {

namespace {

namespace fs = std::filesystem;

void keep_run(const Config& config, const fs::path& run, const fs::path& kept) {
    const std::string name = to_string(config.variant);
    write_file(kept / (name + ".csv.gz"), gzip(read_file(run / metrics_file)));
    write_file(kept / (name + ".config.json"), read_file(run / config_file));
    write_file(kept / (name + ".training.json"), read_file(run / record_file));
    if (config.variant != Variant::frozen) // a control, of which only the curve is shown
        write_file(kept / (name + ".pt"), read_file(run / snapshot_file(config.epochs)));
}

} // namespace

std::string asked_of(const Study& study) {
    std::string asked = to_json(study.config).dump() + std::to_string(study.linear_epochs);
    for (const ClaimDefinition& claim : table_of_bounds(study.config))
        asked += definition_hash(claim);
    return sha256_hex(asked);
}

bool has_runs(const Study& study, const Paths& paths) {
    return std::ranges::all_of(report_variants, [&](Variant variant) {
        const Config config = variant_of(study, variant);
        return is_complete(config, paths.run(config));
    });
}

void drop_runs(const Study& study, const Paths& paths) {
    const std::uint64_t seed = study.config.seed;
    for (const Variant variant : report_variants) {
        const Config config = variant_of(study, variant);
        const fs::path run = paths.run(config);
        const fs::path dropped = run.parent_path() / (".dropped-" + run.filename().string());
        fs::remove_all(dropped); // of a call that was killed
        // Another command may still train it
        if (!is_complete(config, run)) continue;
        keep_run(config, run, paths.kept(seed));
        fs::rename(run, dropped); // at once: a run that is half there would count as damaged
        fs::remove_all(dropped);
    }
    fs::remove(paths.results_cache(seed));
    if (!fs::exists(paths.seed_page(seed))) fs::remove_all(paths.figures(seed));
}

} // namespace grokreport
