#include "training/trainer.h"

#include "base/error.h"
#include "base/files.h"
#include "base/folder_lock.h"
#include "base/hash.h"
#include "checkpoint/checkpoint.h"
#include "model/dataset.h"
#include "model/parameters.h"
#include "runs/checksums.h"
#include "runs/metrics.h"
#include "runs/paths.h"
#include "runs/record.h"
#include "runs/trained_run.h"
#include "training/adamw.h"
#include "training/engine.h"
#include "training/parameter_tensors.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace grokreport {

namespace fs = std::filesystem;

namespace {

const std::string first_moment_prefix = "adamw.first_moment:";
const std::string second_moment_prefix = "adamw.second_moment:";
const std::string epoch_name = "adamw.steps";
// The size and the hash of metrics.csv at the time of the resume file. A kill between the two writes leaves
// metrics.csv longer, never shorter.
const std::string curves_size_name = "metrics.size";
const std::string curves_hash_name = "metrics.sha256";

// A size in bytes as two float32, each exact.
constexpr std::size_t low_range = std::size_t{1} << 20;
float high_part(std::size_t size) {
    const std::size_t high = size / low_range;
    return static_cast<float>(high);
}
float low_part(std::size_t size) {
    return static_cast<float>(size % low_range);
}
std::size_t whole(float high, float low) {
    return static_cast<std::size_t>(high) * low_range + static_cast<std::size_t>(low);
}

// A run in progress: its weights, optimiser and curves, and the folder where they are saved.
class Training {
  public:
    Training(const Config& config, const fs::path& folder, const TrainingOptions& options)
        : config_(config),
          folder_(folder),
          options_(options),
          split_(split_pairs(config)),
          test_pairs_(distinct_pairs(config, split_.test)),
          own_pool_(options.pool ? 1 : options.threads),
          pool_(options.pool ? *options.pool : own_pool_),
          engine_(config, split_.train, pool_),
          parameters_(initial_parameters(config)),
          gradient_(config),
          optimiser_(config, parameters_.flat().size(), pool_) {
        for (const ParameterSpec& spec : parameters_.specs())
            metrics_.parameters.push_back(spec.name);
    }

    void run() {
        if (fs::exists(folder_ / resume_file)) resume();
        const int first_epoch = epoch();
        RecordKeeper keeper(folder_, first_epoch);
        auto last_save = std::chrono::steady_clock::now();
        while (true) {
            const Evaluation on_train = engine_.loss_and_gradient(parameters_, gradient_);
            if (!std::isfinite(on_train.loss)) refuse_divergence();
            record(on_train);
            options_.on_progress({epoch(), first_epoch, on_train.loss, metrics_.rows.back().test_accuracy});
            if (epoch() == config_.epochs) break;
            optimiser_.step(parameters_.flat(), gradient_.flat());

            const auto now = std::chrono::steady_clock::now();
            if (now - last_save >= options_.save_every) {
                save();
                keeper.reached(epoch());
                last_save = now;
            }
        }
        write_file(folder_ / metrics_file, to_csv(metrics_));
        keeper.reached(epoch());
        write_checksums(folder_);
        fs::remove(folder_ / resume_file); // from here on the run is complete
    }

  private:
    int epoch() const { return optimiser_.state().steps; }

    // Takes the metrics and writes the snapshots that are due at the current epoch.
    void record(const Evaluation& on_train) {
        if (is_evaluated(config_, epoch())) {
            const Evaluation on_test = engine_.evaluate(test_pairs_);
            MetricsRow row{epoch(), on_train.loss, on_test.loss, on_train.accuracy, on_test.accuracy, {}};
            for (const ParameterSpec& spec : parameters_.specs()) {
                double sum = 0;
                for (float value : parameters_.values(spec))
                    sum += static_cast<double>(value) * value;
                row.sums_of_squares.push_back(sum);
            }
            const auto memorised = [](const MetricsRow& before) { return before.train_accuracy == 1; };
            if (memorised(row) && std::ranges::none_of(metrics_.rows, memorised)) snapshot(memorised_file);
            metrics_.rows.push_back(std::move(row));
        }
        if (std::ranges::binary_search(snapshot_epochs(config_), epoch())) snapshot(snapshot_file(epoch()));
    }

    void snapshot(const std::string& file) const {
        std::vector<Tensor> tensors;
        append_tensors(parameters_, parameters_.flat(), "", tensors);
        save_checkpoint(folder_ / file, tensors);
    }

    // Writes the curves first: resume() drops the rows past the epoch of the resume file.
    void save() const {
        const std::string curves = to_csv(metrics_);
        write_file(folder_ / metrics_file, curves);
        std::vector<Tensor> tensors;
        append_tensors(parameters_, parameters_.flat(), "", tensors);
        append_tensors(parameters_, optimiser_.state().first_moment, first_moment_prefix, tensors);
        append_tensors(parameters_, optimiser_.state().second_moment, second_moment_prefix, tensors);
        tensors.push_back({epoch_name, {}, {static_cast<float>(epoch())}}); // exact up to 2^24
        tensors.push_back({curves_size_name, {2}, {high_part(curves.size()), low_part(curves.size())}});
        const std::string hash = sha256_hex(curves);
        tensors.push_back(
            {curves_hash_name, {static_cast<std::int64_t>(hash.size())}, {hash.begin(), hash.end()}});
        save_checkpoint(folder_ / resume_file, tensors);
    }

    void resume() {
        const fs::path file = folder_ / resume_file;
        const auto tensors = load_own_checkpoint(file);
        const auto steps = std::ranges::find(tensors, epoch_name, &Tensor::name);
        if (steps == tensors.end() || steps->values.size() != 1)
            throw Error(fmt::format("{}: {} is missing", file.string(), epoch_name), retrain_mend);
        AdamWState state = optimiser_.state();
        state.steps = static_cast<int>(steps->values.front());
        extract_tensors(tensors, parameters_, "", parameters_.flat(), file);
        extract_tensors(tensors, parameters_, first_moment_prefix, state.first_moment, file);
        extract_tensors(tensors, parameters_, second_moment_prefix, state.second_moment, file);
        optimiser_.restore(std::move(state));

        const fs::path curves = folder_ / metrics_file;
        if (!fs::exists(curves)) throw Error(fmt::format("{} is missing", curves.string()), retrain_mend);
        metrics_ = metrics_from_csv(saved_curves(tensors, read_file(curves)), curves.string());
        std::erase_if(metrics_.rows, [&](const MetricsRow& row) { return row.epoch >= epoch(); });
        const auto rows = std::ranges::count_if(
            metrics_.rows, [&](const MetricsRow& row) { return is_evaluated(config_, row.epoch); });
        if (rows != evaluations_before(epoch()))
            throw Error(fmt::format("{}: rows before epoch {} are missing", curves.string(), epoch()),
                        retrain_mend);
    }

    // How many epochs before `end` have a row in metrics.csv.
    std::ptrdiff_t evaluations_before(int end) const {
        std::ptrdiff_t evaluations = 0;
        for (int before = 0; before < end; ++before)
            if (is_evaluated(config_, before)) ++evaluations;
        return evaluations;
    }

    // The part of metrics.csv that the resume file was written with. Throws Error where its bytes differ.
    std::string saved_curves(const std::vector<Tensor>& tensors, const std::string& csv) const {
        const auto size = std::ranges::find(tensors, curves_size_name, &Tensor::name);
        const auto hash = std::ranges::find(tensors, curves_hash_name, &Tensor::name);
        if (size == tensors.end() || hash == tensors.end()) return csv; // an older program wrote neither
        if (size->values.size() != 2)
            throw Error(
                fmt::format("{}: {} has another shape", (folder_ / resume_file).string(), curves_size_name),
                retrain_mend);
        std::string saved = csv.substr(0, whole(size->values.at(0), size->values.at(1)));
        if (!std::ranges::equal(sha256_hex(saved), hash->values))
            throw Error(fmt::format("{} is damaged: it has another checksum than when it was written",
                                    (folder_ / metrics_file).string()),
                        retrain_mend);
        return saved;
    }

    [[noreturn]] void refuse_divergence() const {
        const auto snapshots = snapshot_epochs(config_);
        const auto next = std::ranges::upper_bound(snapshots, epoch() - 1);
        const int last_good = next == snapshots.begin() ? 0 : *std::prev(next);
        throw Error(
            fmt::format("run {}: the training loss is no longer finite at epoch {} (last good snapshot: {})",
                        folder_.filename().string(), epoch(), snapshot_file(last_good)),
            "lower --learning-rate or choose another --seed");
    }

    Config config_;
    fs::path folder_;
    const TrainingOptions& options_;
    Split split_;
    std::vector<MergedPair> test_pairs_;
    ThreadPool own_pool_;
    ThreadPool& pool_;
    Engine engine_;
    Parameters parameters_, gradient_;
    AdamW optimiser_;
    Metrics metrics_;
};

} // namespace

void train(const Config& config, const fs::path& folder, const TrainingOptions& options) {
    validate(config);
    remove_temporary_files(folder);
    const auto is_done = [&] { return !options.retrain && is_complete(config, folder); };
    if (is_done()) return;
    make_folder(folder);
    const FolderLock lock(folder);
    if (is_done()) return; // another process has finished it
    if (options.retrain)
        for (const auto& entry : fs::directory_iterator(folder))
            fs::remove_all(entry);
    write_file(folder / config_file, to_json(config).dump(1) + "\n");
    write_file(folder / pairs_file, to_csv(split_pairs(config)));
    Training(config, folder, options).run();
}

} // namespace grokreport
