// A model in Nanda et al.'s layout, with positions, against plain PyTorch (tests/oracles/imported_oracle.py),
// and the command that reports on it.
#include "base/files.h"
#include "base/seeded_random.h"
#include "checkpoint/checkpoint.h"
#include "model/activations.h"
#include "sections/beyond/analysis.h"
#include "sections/imported/analysis.h"
#include "sections/imported/claims.h"
#include "support/exact.h"
#include "support/oracle.h"
#include "support/temporary_folder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace grokreport;
using Catch::Matchers::Contains;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using grokreport::testing::exact;
using grokreport::testing::TemporaryFolder;

namespace {

using Json = nlohmann::json;

// The model that the oracle writes, and what it says of it.
struct Judged {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "theirs.pth";
    Json said =
        Json::parse(grokreport::testing::ask_oracle("imported_oracle.py", {file.string(), "23", "5"}));
    ImportedModel model = load_imported_model({.checkpoint = file, .split_seed = 5});
};

void check_scores(const Scores& ours, const Json& theirs) {
    CHECK(ours.accuracy == theirs["accuracy"].get<double>());
    CHECK_THAT(ours.loss, WithinRel(theirs["loss"].get<double>(), exact));
}

ProcessResult analyze(const std::filesystem::path& output, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {GROKREPORT_BINARY, "analyze", "--output", output.string()});
    return run_process(arguments, "", std::chrono::seconds(3600));
}

// The one folder of an imported model.
std::filesystem::path folder_of_model(const std::filesystem::path& output) {
    const std::filesystem::directory_iterator models(output / "report/imported");
    REQUIRE(std::distance(begin(models), end(models)) == 1);
    return std::filesystem::directory_iterator(output / "report/imported")->path();
}

// One for the test cases that analyse the same model: what both would draw is drawn once.
const TemporaryFolder& output_of_analyses() {
    static const TemporaryFolder folder;
    return folder;
}

} // namespace

TEST_CASE("a model with positions answers as it does in PyTorch", "[imported][oracle]") {
    if (!grokreport::testing::has_oracle()) return;
    const Judged judged;
    CHECK(judged.model.layout == Layout::nanda);
    CHECK(judged.model.models.shown().has_positions());
    const ImportedResults results = analyse_imported(judged.model);
    check_scores(results.train, judged.said["train"]);
    check_scores(results.test, judged.said["test"]);
    check_scores(results.all, judged.said["all"]);
    CHECK_THAT(results.beyond.accuracy_with_mean_attention,
               WithinAbs(judged.said["mean_attention"].get<double>(), exact));

    const std::vector<Pair> pair{{1, 2}};
    const Activations at = activations(judged.model.models.shown(), Variant::relu, pair);
    for (std::size_t head = 0; head < at.attention.size(); ++head)
        for (Eigen::Index to = 0; to < 3; ++to)
            CHECK_THAT(
                at.attention[head](0, to),
                WithinAbs(judged.said["attention"][head][static_cast<std::size_t>(to)].get<double>(), exact));
    for (Eigen::Index answer = 0; answer < at.logits.cols(); ++answer)
        CHECK_THAT(at.logits(0, answer),
                   WithinAbs(judged.said["logits"][static_cast<std::size_t>(answer)].get<double>(), 1e-9));
}

TEST_CASE("gradients of a model with positions are those of finite differences", "[imported][oracle]") {
    if (!grokreport::testing::has_oracle()) return;
    const Judged judged;
    const Weights& weights = judged.model.models.shown();
    const std::uint64_t seed = 3;
    auto random = seeded_random(seed, RandomStream::samples);
    const auto draw = [&] { return static_cast<int>(random() % 23); };
    const std::vector<Pair> pair{{draw(), draw()}};
    const int c = draw();
    REQUIRE(pair[0].a != pair[0].b); // one row of W_E would stand for both
    const auto gradient = [&](int token) {
        constexpr double step = 1e-6;
        Eigen::VectorXd slopes(weights.d_model());
        for (Eigen::Index i = 0; i < slopes.size(); ++i) {
            Weights up = weights, down = weights;
            up.W_E(token, i) += step;
            down.W_E(token, i) -= step;
            slopes[i] = activations(up, Variant::relu, pair).logits(0, c) -
                        activations(down, Variant::relu, pair).logits(0, c);
        }
        return Eigen::VectorXd(slopes.normalized());
    };
    CHECK_THAT(gradient_symmetricity(weights, seed, 1),
               WithinAbs(gradient(pair[0].a).dot(gradient(pair[0].b)), 1e-6));
}

TEST_CASE("the model of the negative controls has the same sizes and no structure", "[imported][oracle]") {
    if (!grokreport::testing::has_oracle()) return;
    const Judged judged;
    const Weights& fresh = judged.model.models.untrained();
    CHECK(fresh.has_positions());
    CHECK(fresh.W_in.cols() == judged.model.models.shown().W_in.cols());
    CHECK(analyse_imported(judged.model).fresh.accuracy < 0.2);
}

TEST_CASE("analyze writes a folder of its own and says what it could not do",
          "[imported][pipeline][oracle]") {
    if (!grokreport::testing::has_oracle()) return;
    const Judged judged;
    const TemporaryFolder& output = output_of_analyses();
    write_file(output / "report/index.html", "the report of another run");
    const std::vector<std::string> arguments{"--checkpoint", judged.file.string(), "--split",
                                             "nanda",        "--split-seed",       "5"};
    const ProcessResult result = analyze(output.path(), arguments);
    CAPTURE(result.errors);
    REQUIRE(result.exit_status == 0);
    CHECK(read_file(output / "report/index.html") == "the report of another run");

    const std::filesystem::path folder = folder_of_model(output.path());
    const std::string page = read_file(folder / "index.html"), claims = read_file(folder / "claims.json");
    CHECK_THAT(page, Contains("Claims of the post on this model") && !Contains("training run with seed"));
    CHECK_THAT(page, Contains("analyze --checkpoint theirs.pth --split nanda --split-seed 5"));
    const Json document = Json::parse(claims);
    CHECK(document["seed"].is_null());
    CHECK(document["model"]["layout"] == "nanda");
    CHECK(document["model"]["test"]["accuracy"] == judged.said["test"]["accuracy"]);
    std::set<std::string> not_run;
    for (const Json& claim : document["claims"])
        if (claim["verdict"] == "not-run") not_run.insert(claim["id"]);
    CHECK(not_run == std::set<std::string>{"model.symmetric", "grok.accuracy-unseen", "grok.epoch",
                                           "grok.delayed", "grok.norm-decay", "embed.pruned",
                                           "embed.other-frequencies", "petals.overlap", "linear.groks",
                                           "engine.exact", "readout.idle-are-doubles", "readout.idle-evens",
                                           "readout.second-order"});

    // Once more, on another number of threads
    REQUIRE(analyze(output.path(), {"--checkpoint", judged.file.string(), "--split", "nanda", "--split-seed",
                                    "5", "--threads", "1"})
                .exit_status == 0);
    CHECK(read_file(folder / "claims.json") == claims);
    CHECK(read_file(folder / "index.html") == page);
}

TEST_CASE("without a split no claim about held-out pairs is made", "[imported][pipeline][oracle]") {
    if (!grokreport::testing::has_oracle()) return;
    const Judged judged;
    const TemporaryFolder& output = output_of_analyses();
    REQUIRE(analyze(output.path(), {"--checkpoint", judged.file.string()}).exit_status == 0);
    const Json document = Json::parse(read_file(folder_of_model(output.path()) / "claims.json"));
    for (const Json& claim : document["claims"])
        if (claim["id"] == "grok.accuracy" || claim["id"] == "grok.loss" || claim["id"] == "mlp.affine")
            CHECK(claim["reason"] == "it is not known which pairs the model was trained on");
    CHECK(document["model"]["split"].is_null());
    CHECK(document["model"]["all"]["accuracy"] == judged.said["all"]["accuracy"]);
}

TEST_CASE("the table for imported models speaks of no training that was not seen", "[imported]") {
    for (const ClaimDefinition& claim : table_of_imported_bounds(Config{})) {
        CHECK_THAT(claim.control, !Contains("before training"));
        if (claim.id == "grok.accuracy" || claim.id == "grok.loss")
            CHECK_THAT(claim.checks.front().metric, !Contains("epochs"));
    }
}

TEST_CASE("a model that cannot be analysed is refused at once", "[imported]") {
    const TemporaryFolder folder;
    const auto save = [&](std::int64_t d_vocab) {
        std::vector<Tensor> tensors;
        for (const auto& [name, shape] :
             std::vector<std::pair<std::string, std::vector<std::int64_t>>>{{"embed.W_E", {d_vocab, 2}},
                                                                            {"blocks.0.attn.W_Q", {1, 2, 3}},
                                                                            {"blocks.0.attn.W_K", {1, 2, 3}},
                                                                            {"blocks.0.attn.W_V", {1, 2, 3}},
                                                                            {"blocks.0.attn.W_O", {1, 3, 2}},
                                                                            {"blocks.0.mlp.W_in", {2, 4}},
                                                                            {"blocks.0.mlp.b_in", {4}},
                                                                            {"blocks.0.mlp.W_out", {4, 2}},
                                                                            {"blocks.0.mlp.b_out", {2}},
                                                                            {"unembed.W_U", {2, d_vocab}}}) {
            std::size_t size = 1;
            for (const std::int64_t axis : shape)
                size *= static_cast<std::size_t>(axis);
            tensors.push_back({name, shape, std::vector<float>(size, 0.5F)});
        }
        save_checkpoint(folder / "x.pt", tensors);
        return ImportRequest{.checkpoint = folder / "x.pt"};
    };
    CHECK_THROWS_WITH(load_imported_model(save(14)), Contains("x.pt: its W_E is the same for all numbers"));
    ImportRequest large = save(2000);
    large.memory = 1e9;
    CHECK_THROWS_WITH(load_imported_model(large), Contains("x.pt: its analyses need about ") &&
                                                      Contains(" GB of memory, and 1.0 GB are free; "));
    CHECK_THROWS_WITH(load_imported_model(save(10)), Contains("read with p = 9") && Contains("--p"));
    CHECK_THROWS_WITH(load_imported_model(save(13)),
                      Contains("read with p = 12") && Contains("p = 13 without a token for '='"));
}

TEST_CASE("what is no model is refused in one line", "[imported][pipeline]") {
    const TemporaryFolder output;
    write_file(output / "text.pth", "no checkpoint");
    const auto refuses = [&](const std::vector<std::string>& arguments, int status,
                             const std::string& reason) {
        const ProcessResult result = analyze(output.path(), arguments);
        CHECK(result.exit_status == status);
        CHECK_THAT(result.errors, Contains(reason));
        CHECK(std::ranges::count(result.errors, '\n') == 1);
    };
    const std::string file = (output / "text.pth").string();
    refuses({"--checkpoint", file}, 1, "text.pth: it is a plain text");
    refuses({"--checkpoint", "none.pth"}, 1, "none.pth");
    refuses({}, 2, "checkpoint");
    refuses({"--checkpoint", file, "--checkpoints", "x*"}, 2, "both --checkpoint and --checkpoints");
    refuses({"--checkpoints", "x*", "--item", "1"}, 2, "both --checkpoints and --item");
    refuses({"--checkpoints", "none*.pt"}, 1, "none*.pt: no file has such a name");
    refuses({"--checkpoint", file, "--layout", "x"}, 2, "--layout x: unknown");
    refuses({"--checkpoint", file, "--split", "x"}, 2, "--split x: unknown");
    refuses({"--checkpoint", file, "--split-seed", "1"}, 2, "add --split nanda");
    refuses({"--checkpoint", file, "--split", "nanda", "--split-seed", "-1"}, 2,
            "--split-seed: not a number");
    refuses({"--checkpoint", file, "--split", "nanda", "--split-file", "x"}, 2, "both");
    refuses({"--checkpoint", file, "--p", "6"}, 2, "--p 6: not an odd prime");
}
