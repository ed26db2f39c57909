// Checkpoints against Debian's python3-torch, written and read (tests/oracles/checkpoint_oracle.py).
#include "base/error.h"
#include "base/files.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/counting_tensor.h"
#include "checkpoint/state_dict.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <numeric>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::ask_oracle;
using grokreport::testing::counting;
using grokreport::testing::has_oracle;
using grokreport::testing::TemporaryFolder;

namespace {

std::string oracle(const std::string& task, const std::filesystem::path& path) {
    return ask_oracle("checkpoint_oracle.py", {task, path.string()});
}

} // namespace

TEST_CASE("torch.load reads our checkpoints, also with weights_only", "[checkpoint][oracle]") {
    if (!has_oracle()) return;
    const TemporaryFolder folder;
    const std::vector<Tensor> tensors{counting("embed.W_E", {7, 5}), counting("blocks.0.attn.W_Q", {2, 3, 4}),
                                      counting("b_in", {300}), counting("scalar", {}),
                                      counting("none", {0, 4})};
    save_checkpoint(folder / "x.pt", tensors);
    const auto seen = nlohmann::json::parse(oracle("describe", folder / "x.pt"));
    REQUIRE(seen.size() == tensors.size());
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        CHECK(seen[i]["name"] == tensors[i].name);
        CHECK(seen[i]["shape"] == tensors[i].shape);
        const auto& values = tensors[i].values;
        CHECK(seen[i]["sum"] == std::accumulate(values.begin(), values.end(), 0.0));
        CHECK(seen[i]["weighted"] == std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
    }
}

TEST_CASE("what torch.save writes is read", "[checkpoint][oracle]") {
    if (!has_oracle()) return;
    const TemporaryFolder folder;
    oracle("write", folder.path());
    const auto load = [&](const std::string& name) { return load_checkpoint(folder / (name + ".pt")); };

    CHECK(load("dict") ==
          std::vector<Tensor>{counting("a", {2, 3, 4}), {"scalar", {}, {-2.5F}}, {"empty", {0, 4}, {}}});
    const std::vector<Tensor> module{counting("0.weight", {2, 3}), counting("0.bias", {2}),
                                     counting("2.weight", {1, 2}), counting("2.bias", {1})};
    CHECK(load("module") == module);
    CHECK(load("parameters") == module);
    CHECK(load("double").at(0).values.at(23) == static_cast<float>(23.0 / 7.0));
    CHECK(load("transposed") ==
          std::vector<Tensor>{{"x", {6, 4}, {0, 6, 12, 18, 1, 7,  13, 19, 2, 8,  14, 20,
                                             3, 9, 15, 21, 4, 10, 16, 22, 5, 11, 17, 23}}});
    CHECK(load("slice") == std::vector<Tensor>{{"x", {2, 3}, {7, 9, 11, 13, 15, 17}}});
    CHECK(load("tied") == std::vector<Tensor>{counting("a", {2, 3}), counting("b", {2, 3})});
    CHECK(load("expanded").at(0) == Tensor{"x", {3, 2}, {1, 1, 2, 2, 3, 3}});
    CHECK(load("many").at(299) == Tensor{"t299", {2}, {299, 299}});

    CHECK(load("half").at(0).values.at(23) == 23.0F / 8);
    CHECK(load("bfloat16").at(0).values.at(23) == 23);
    CHECK(load("integers") == std::vector<Tensor>{{"x", {3}, {3, -4, 0x1p40F}}});
    CHECK(load("bytes") == std::vector<Tensor>{{"x", {2}, {0, 255}}, {"yes", {2}, {1, 0}}});
    CHECK(load("gpu") == module);

    for (const std::string name : {"nan", "infinite", "too-large"})
        CHECK_THROWS_WITH(load(name), Contains(name + ".pt: tensor x") && Contains("not finite"));
    CHECK_THROWS_WITH(load("number"), Contains("x is not a tensor"));
    CHECK_THROWS_WITH(load("list"), Contains("does not hold a dict"));
}

TEST_CASE("what torch.save wrote in its older format is the same", "[checkpoint][oracle]") {
    if (!has_oracle()) return;
    const TemporaryFolder folder;
    oracle("write", folder.path());
    for (const std::string name : {"dict", "module", "parameters", "double", "transposed", "half", "tied"})
        CHECK(load_checkpoint(folder / (name + "-older.pt")) == load_checkpoint(folder / (name + ".pt")));
    CHECK_THROWS_WITH(load_checkpoint(folder / "list-older.pt"), Contains("does not hold a dict"));

    const std::string bytes = read_file(folder / "dict-older.pt");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(from_checkpoint(bytes.substr(0, size), "x.pt"), Error);
    CHECK_THROWS_WITH(from_checkpoint(bytes + "x", "x.pt"), Contains("something follows its storages"));
}

TEST_CASE("a state dict is found beside what else was saved", "[checkpoint][oracle]") {
    if (!has_oracle()) return;
    const TemporaryFolder folder;
    oracle("write", folder.path());
    const auto all = [](std::string_view) { return true; };
    const std::vector<Tensor> module = load_checkpoint(folder / "module.pt");
    for (const std::string name : {"beside", "beside-older", "module", "gpu"})
        CHECK(load_state_dict(folder / (name + ".pt"), all).tensors == module);

    const StateDict masked =
        load_state_dict(folder / "masked.pt", [](std::string_view name) { return name == "W"; });
    CHECK(masked.tensors == std::vector<Tensor>{counting("W", {24})});
    CHECK(masked.others == std::vector<std::string>{"mask"});
    CHECK_THROWS_WITH(load_state_dict(folder / "masked.pt", all),
                      Contains("tensor mask") && Contains("not finite"));
    CHECK_THROWS_WITH(load_state_dict(folder / "nothing.pt", all), Contains("no state dict"));
    CHECK_THROWS_WITH(load_state_dict(folder / "list.pt", all), Contains("does not hold a dict"));
}
