#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "bench/epochs.h"
#include "bench/markdown.h"
#include "bench/sections.h"
#include "bench/timing.h"
#include "checkpoint/checkpoint.h"
#include "model/dataset.h"
#include "model/parameters.h"

#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace grokreport::bench {

namespace {

constexpr double loss_tolerance = 1e-4; // relative, after the timed epochs, float32 against float32
constexpr int engine_epochs = 20;

// A folder for the script's input, gone when it is done.
class ScratchFolder {
  public:
    ScratchFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "grokreport-bench-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            throw Error("cannot make the folder " + name, "set TMPDIR to one that is writable");
        path_ = name;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

void write_input(const Config& config, const std::filesystem::path& folder) {
    const Parameters parameters = initial_parameters(config);
    std::vector<Tensor> tensors;
    for (const ParameterSpec& spec : parameters.specs()) {
        const auto values = parameters.values(spec);
        tensors.push_back({spec.name, spec.shape, {values.begin(), values.end()}});
    }
    save_checkpoint(folder / "initial.pt", tensors);
    write_file(folder / "pairs.csv", to_csv(split_pairs(config)));
    const nlohmann::json optimiser{{"lr", config.learning_rate},
                                   {"weight_decay", config.weight_decay},
                                   {"betas", {config.beta1, config.beta2}},
                                   {"eps", config.epsilon}};
    write_file(folder / "optimiser.json", optimiser.dump());
}

// Throws where the script, from the same weights, does not train the same model.
void require_same_training(const Config& config, const std::vector<double>& losses) {
    const auto epochs = factored_epochs(config, 1);
    double ours = 0;
    for (std::size_t i = 0; i < losses.size(); ++i)
        ours = epochs->run_epoch();
    if (!(std::abs(ours - losses.back()) <= loss_tolerance * ours))
        throw Error(
            fmt::format("plain PyTorch and the engine train different models: loss {} and {} after {} epochs",
                        losses.back(), ours, losses.size() - 1),
            "this is a defect of the program: please report it");
}

} // namespace

std::string python_table(const Config& config, const Effort& effort) {
    const ScratchFolder folder;
    write_input(config, folder.path());
    MarkdownTable table({"device", "threads", "plain PyTorch, ms", "engine, ms", "ratio"});
    std::string notes;
    const auto add = [&](const std::string& device, int threads) {
        const auto engine = factored_epochs(config, threads);
        milliseconds_an_epoch(*engine, engine_epochs);
        std::vector<double> engine_ms{milliseconds_an_epoch(*engine, engine_epochs)};
        const std::vector<std::string> command{"/usr/bin/python3",
                                               std::string(GROKREPORT_SOURCE_DIR) + "/src/bench/textbook.py",
                                               folder.path().string(),
                                               to_string(config.variant),
                                               std::to_string(2 * effort.turns),
                                               std::to_string(threads),
                                               device};
        const ProcessResult result = run_process(command, "", std::chrono::minutes(10), "python3-torch");
        if (result.errors.find("No module named 'torch'") != std::string::npos) {
            notes = "\nPlain PyTorch is not here (Debian's python3-torch): not measured.\n";
            return;
        }
        if (result.exit_status != 0) throw Error("textbook.py failed: " + result.errors, "");
        const auto answer = nlohmann::json::parse(result.output);
        if (answer.empty()) {
            notes += fmt::format("\nPyTorch sees no {} device here: not measured.\n", device);
            return;
        }
        require_same_training(config, answer.at("losses"));
        engine_ms.push_back(milliseconds_an_epoch(*engine, engine_epochs));
        const double ours = (engine_ms.front() + engine_ms.back()) / 2;
        const double theirs = median(answer.at("milliseconds").get<std::vector<double>>());
        table.add({device, std::to_string(threads), fmt::format("{:.1f}", theirs),
                   fmt::format("{:.2f}", ours), fmt::format("{:.1f}", theirs / ours)});
    };
    for (int threads : {1, 2})
        add("cpu", threads);
    add("cuda", 2);
    return fmt::format(
        "## Against plain PyTorch\n\nsrc/bench/textbook.py, from the same weights and on the same pairs, "
        "p = {}, d_mlp = {}; its loss after the timed epochs is the engine's. The engine runs on the "
        "processor in every line.\n\n{}{}",
        config.p, config.d_mlp, table.text(), notes);
}

} // namespace grokreport::bench
