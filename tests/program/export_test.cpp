// `grokreport export`: a model from one kind of file to another, and what it and analyze refuse in one line.
#include "base/files.h"
#include "base/process.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/layouts.h"
#include "checkpoint/state_dict.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::TemporaryFolder;

namespace {

ProcessResult run_export(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {GROKREPORT_BINARY, "export"});
    return run_process(arguments, "", std::chrono::seconds(3600));
}

} // namespace

TEST_CASE("a model is exported with all its biases, and read back the same", "[export][oracle]") {
    if (!testing::has_oracle()) return;
    const TemporaryFolder folder;
    const std::string theirs = (folder / "their model.pt").string();
    const auto said = nlohmann::json::parse(testing::ask_oracle(
        "hooked_training_oracle.py", {theirs, "13", "1", "20", "a + b", "3", "8", "module."}));
    const std::string safe = (folder / "ours.safetensors").string(), torch = (folder / "ours.pt").string();
    REQUIRE(run_export({"--checkpoint", theirs, "--to", safe}).exit_status == 0);
    REQUIRE(run_export({"--checkpoint", safe, "--to", torch}).exit_status == 0);
    const std::vector<Tensor> read = load_checkpoint(torch),
                              before = load_state_dict(theirs, is_weight).tensors;
    REQUIRE(read.size() == before.size());
    for (const Tensor& tensor : before)
        CHECK(std::ranges::find(read, tensor) != read.end());

    // The documented snippet loads it into TransformerLens, and it answers as it did there
    const auto seen = nlohmann::json::parse(testing::ask_oracle(
        "transformer_lens_oracle.py", {GROKREPORT_SOURCE_DIR "/docs/other-models.md", torch, "1", "2"}));
    for (std::size_t token = 0; token < said["logits"].size(); ++token)
        CHECK(std::abs(seen["logits"][token].get<double>() - said["logits"][token].get<double>()) < 1e-4);
    CHECK(seen["kept"] == nlohmann::json{"blocks.0.attn.IGNORE", "blocks.0.attn.mask"});
}

TEST_CASE("what cannot be exported is refused in one line", "[export]") {
    const TemporaryFolder folder;
    write_file(folder / "text.pt", "no checkpoint");
    const std::string file = (folder / "text.pt").string(), target = (folder / "x.safetensors").string();
    const auto refuses = [&](const std::vector<std::string>& arguments, int status,
                             const std::string& reason) {
        const ProcessResult result = run_export(arguments);
        CHECK(result.exit_status == status);
        CHECK_THAT(result.errors, Contains(reason));
        CHECK(std::ranges::count(result.errors, '\n') == 1);
    };
    refuses({"--checkpoint", file, "--to", target}, 1, "text.pt: it is a plain text");
    refuses({"--checkpoint", file}, 2, "to");
    refuses({"--to", target}, 2, "--checkpoint: no file is named");
    refuses({"--checkpoint", file, "--to", "x.bin"}, 2, "--to x.bin: of no format that can be written");
    refuses({"--checkpoint", file, "--to", target, "--p", "6"}, 2, "--p 6: not an odd prime");
    CHECK_FALSE(std::filesystem::exists(target));
}
