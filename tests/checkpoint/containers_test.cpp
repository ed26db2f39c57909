// Models as other programs keep them, in files that Debian's python3-torch and numpy write
// (tests/oracles/containers_oracle.py).
#include "base/error.h"
#include "base/files.h"
#include "checkpoint/layouts.h"
#include "checkpoint/state_dict.h"
#include "checkpoint/torch_file.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace grokreport;
using Catch::Matchers::Contains;
using grokreport::testing::ask_oracle;
using grokreport::testing::has_oracle;
using grokreport::testing::TemporaryFolder;

namespace {

// The files of the oracle, written once.
const std::filesystem::path& containers() {
    static const TemporaryFolder folder;
    static const std::string written = ask_oracle("containers_oracle.py", {"write", folder.path().string()});
    return folder.path();
}

StateDict read_model(const std::string& file, const std::string& item = "") {
    const std::filesystem::path path = containers() / file;
    return state_dict_of(read_torch_file(path), path.string(), is_weight, item);
}

std::vector<std::string> items_in(const std::string& file) {
    const std::filesystem::path path = containers() / file;
    return items_of(read_torch_file(path), path.string());
}

// Model i of the oracle is model 0 with i added to every value.
std::vector<Tensor> shifted(std::vector<Tensor> tensors, float by) {
    for (Tensor& tensor : tensors)
        for (float& value : tensor.values)
            value += by;
    return tensors;
}

void check_near(const std::vector<Tensor>& ours, const std::vector<Tensor>& theirs, double tolerance) {
    REQUIRE(ours.size() == theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
        CHECK(ours[i].name == theirs[i].name);
        CHECK(ours[i].shape == theirs[i].shape);
        for (std::size_t j = 0; j < ours[i].values.size(); ++j)
            CHECK(std::abs(ours[i].values[j] - theirs[i].values[j]) <= tolerance);
    }
}

} // namespace

TEST_CASE("a prefix of all names is recognised and named", "[checkpoint][containers][oracle]") {
    if (!has_oracle()) return;
    const StateDict plain = read_model("plain.pt");
    CHECK(plain.prefix.empty());
    CHECK(plain.item.empty());
    CHECK(plain.tensors.size() == 10);
    for (const std::string prefix : {"module.", "_orig_mod.", "model.", "model._orig_mod.", "net.inner."}) {
        std::string file = "prefix-" + prefix + ".pt";
        std::ranges::replace(file.begin(), file.end() - 3, '.', '-');
        const StateDict found = read_model(file);
        CHECK(found.prefix == prefix);
        CHECK(found.tensors == plain.tensors);
        CHECK(convert_to_own_layout(found, file, {}).p == 5);
    }
    const StateDict lightning = read_model("lightning.pt");
    CHECK(lightning.item == "state_dict");
    CHECK(lightning.prefix == "model.");
    CHECK(lightning.tensors == plain.tensors);
    CHECK(lightning.others.empty()); // loss.weight is none of the model's
}

TEST_CASE("one of several models in a file is chosen by its item", "[checkpoint][containers][oracle]") {
    if (!has_oracle()) return;
    const std::vector<Tensor> plain = read_model("plain.pt").tensors;
    for (const std::string file : {"list.pt", "list-older.pt"}) {
        CHECK(items_in(file) == std::vector<std::string>{"0", "1", "2"});
        CHECK_THROWS_WITH(read_model(file),
                          Contains(file + ": it holds 3 models: 0, 1, 2; choose one: --item 2"));
        check_near(read_model(file, "1").tensors, shifted(plain, 1), 1e-6);
        CHECK_THROWS_WITH(read_model(file, "3"), Contains("no model at 3; it has 0, 1, 2"));
    }
    CHECK(read_model("one-in-a-list.pt").tensors == plain);
    CHECK(read_model("one-in-a-list.pt").item == "0");

    CHECK(items_in("sweep.pt") == std::vector<std::string>{"sweep/lr-1", "sweep/lr-2/weights"});
    CHECK_THROWS_WITH(read_model("sweep.pt"), Contains("--item sweep/lr-2/weights"));
    check_near(read_model("sweep.pt", "sweep/lr-2/weights").tensors, shifted(plain, 2), 1e-6);

    CHECK(items_in("epochs.pt") == std::vector<std::string>{"0", "100", "2000"});
    check_near(read_model("epochs.pt", "2000").tensors, shifted(plain, 2), 1e-6);

    // Several models in one dict are told apart by their prefixes
    CHECK(items_in("student-teacher.pt") == std::vector<std::string>{"student", "teacher"});
    check_near(read_model("student-teacher.pt", "teacher").tensors, shifted(plain, 2), 1e-6);
    CHECK(read_model("student-teacher.pt", "teacher").prefix == "teacher.");

    // Also where the names of one have no prefix
    CHECK(items_in("averaged.pt") == std::vector<std::string>{"", "ema"});
    CHECK(read_model("averaged.pt").others.empty());
    CHECK(read_model("averaged.pt").tensors == plain);
    check_near(read_model("averaged.pt", "ema").tensors, shifted(plain, 2), 1e-6);
    CHECK_THROWS_WITH(read_model("averaged.pt", "x"), Contains("it has the one without a prefix, ema"));

    // A key that nobody could type leads to no model
    CHECK(items_in("long-key.pt").empty());

    // The key model goes before all others, as in the published runs
    check_near(read_model("beside-snapshots.pt").tensors, shifted(plain, 5), 1e-5);
    check_near(read_model("beside-snapshots.pt", "state_dicts/1").tensors, shifted(plain, 1), 1e-6);
    CHECK_THROWS_WITH(read_model("many.pt"), Contains("0, 1, 2, 3, 4, 5 and 14 more, the last 19"));
    CHECK(read_model("same-twice.pt").tensors == plain); // one model under two keys
    CHECK_THROWS_WITH(read_model("plain.pt", "x"), Contains("it has no model at x; it has the whole"));
}

TEST_CASE("a file of another kind is named for what it is", "[checkpoint][containers][oracle]") {
    if (!has_oracle()) return;
    const auto refuses = [&](const std::string& file, const std::string& what, const std::string& mend) {
        CAPTURE(file);
        CHECK_THROWS_WITH(read_model(file), Contains(file + ": ") && Contains(what) && Contains(mend));
        CHECK_THROWS_WITH(load_checkpoint(containers() / file), Contains(what));
    };
    for (const std::string file : {"whole.pt", "whole-older.pt"})
        refuses(file, "Whole: it holds code or objects, not only numbers",
                "torch.save(model.state_dict(), file)");
    refuses("script.pt", "a TorchScript module, which holds code", "module.state_dict()");
    refuses("arrays.npz", "an archive of numpy arrays (.npz)", "torch.from_numpy");
    refuses("packed.npz", "an archive of numpy arrays (.npz)", "torch.from_numpy");
    refuses("array.npy", "an array of numpy (.npy)", "torch.from_numpy");
    refuses("text.pt", "it is a plain text", "state_dict");
    refuses("page.html", "a web page (HTML)", "download the file itself");
    refuses("numbers.json", "a JSON text", "state_dict");
    refuses("pointer.pt", "a Git LFS pointer", "git lfs pull");
    refuses("packed.pt.gz", "packed by gzip", "unpack it first");
    refuses("plain.pkl", "a pickle of Python (protocol 4) that torch.save did not write", "state_dict");
    refuses("other.zip", "record readme.txt has no folder", "did not write this zip archive");
}

TEST_CASE("files of safetensors are read", "[checkpoint][containers][oracle]") {
    if (!has_oracle()) return;
    const std::vector<Tensor> plain = read_model("plain.pt").tensors;
    CHECK(read_model("plain.safetensors").tensors == plain);
    CHECK(read_model("prefix.safetensors").tensors == plain);
    CHECK(read_model("prefix.safetensors").prefix == "module.");
    check_near(read_model("half.safetensors").tensors, plain, 2e-3);
    check_near(read_model("bfloat.safetensors").tensors, plain, 2e-2);
    CHECK(read_model("double.safetensors").tensors == plain);
    const StateDict beside = read_model("beside.safetensors");
    CHECK(beside.tensors == plain);
    CHECK(beside.prefix == "m.");
}
