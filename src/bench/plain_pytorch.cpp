#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "bench/epochs.h"
#include "bench/fastest.h"
#include "bench/markdown.h"
#include "bench/sections.h"
#include "bench/timing.h"
#include "checkpoint/checkpoint.h"
#include "model/dataset.h"
#include "model/parameters.h"
#include "training/parameter_tensors.h"

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
    append_tensors(parameters, parameters.flat(), "", tensors);
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

// What the script answers on one device with so many threads; empty where there is no such device.
nlohmann::json run_script(const Config& config, const std::filesystem::path& folder,
                          const std::string& device, int threads, int epochs) {
    const std::vector<std::string> command{"/usr/bin/python3",
                                           std::string(GROKREPORT_SOURCE_DIR) + "/src/bench/textbook.py",
                                           folder.string(),
                                           to_string(config.variant),
                                           std::to_string(epochs),
                                           std::to_string(threads),
                                           device};
    const ProcessResult result = run_process(command, "", std::chrono::minutes(10), "python3-torch");
    if (result.exit_status != 0) throw Error("textbook.py failed: " + result.errors, "");
    return nlohmann::json::parse(result.output);
}

bool has_pytorch() {
    return run_process({"/usr/bin/python3", "-c", "import torch"}, "", std::chrono::minutes(2), "python3")
               .exit_status == 0;
}

std::string threads_of(const Fastest& fastest) {
    return fmt::format("{} thread{}", fastest.threads(), fastest.threads() == 1 ? "" : "s");
}

std::string milliseconds(double value) {
    return fmt::format("{:.{}f}", value, value < 20 ? 2 : 1);
}

} // namespace

std::string python_table(const Config& config, const Effort& effort) {
    const std::string heading = "## Against plain PyTorch\n\n";
    if (!has_pytorch())
        return heading + "Plain PyTorch is not here (Debian's python3-torch): not measured.\n";
    const ScratchFolder folder;
    write_input(config, folder.path());
    MarkdownTable table({"device", "threads", "plain PyTorch, ms", "engine, ms"});
    Fastest fastest_python, fastest_engine;
    std::string notes, version;
    for (const int threads : thread_counts()) {
        const auto engine = factored_epochs(config, threads);
        milliseconds_an_epoch(*engine, engine_epochs);
        const double before = milliseconds_an_epoch(*engine, engine_epochs);
        const auto answer = run_script(config, folder.path(), "cpu", threads, 2 * effort.turns);
        require_same_training(config, answer.at("losses"));
        const double ours = (before + milliseconds_an_epoch(*engine, engine_epochs)) / 2;
        const double theirs = median(answer.at("milliseconds").get<std::vector<double>>());
        fastest_python.add(threads, theirs);
        fastest_engine.add(threads, ours);
        version = answer.at("kernels");
        table.add({"cpu", std::to_string(threads), milliseconds(theirs), milliseconds(ours)});
    }
    const auto on_cuda = run_script(config, folder.path(), "cuda", 1, 2 * effort.turns);
    if (on_cuda.empty()) {
        notes = "\nPyTorch sees no cuda device here: not measured.\n";
    } else {
        require_same_training(config, on_cuda.at("losses"));
        const double theirs = median(on_cuda.at("milliseconds").get<std::vector<double>>());
        table.add({"cuda", "–", milliseconds(theirs), "–"});
    }
    return fmt::format(
        "{}src/bench/textbook.py, from the same weights and on the same pairs, p = {}, d_mlp = {}; its loss "
        "after the timed epochs is the engine's. {}. The engine runs on the processor.\n\n{}\nFastest "
        "against fastest on the processor: plain PyTorch {} ms on {}, the engine {} ms on {}: "
        "**{:.1f} times**.\n{}",
        heading, config.p, config.d_mlp, version, table.text(), milliseconds(fastest_python.milliseconds()),
        threads_of(fastest_python), milliseconds(fastest_engine.milliseconds()), threads_of(fastest_engine),
        fastest_python.milliseconds() / fastest_engine.milliseconds(), notes);
}

} // namespace grokreport::bench
